"""French departments and their regions (source: Code officiel géographique 2026, Insee)."""

REGIONS = {
    "Auvergne-Rhône-Alpes": "01 Ain|03 Allier|07 Ardèche|15 Cantal|26 Drôme|38 Isère|42 Loire|43 Haute-Loire"
    "|63 Puy-de-Dôme|69 Rhône|73 Savoie|74 Haute-Savoie",
    "Bourgogne-Franche-Comté": "21 Côte-d’Or|25 Doubs|39 Jura|58 Nièvre|70 Haute-Saône|71 Saône-et-Loire"
    "|89 Yonne|90 Territoire de Belfort",
    "Bretagne": "22 Côtes-d’Armor|29 Finistère|35 Ille-et-Vilaine|56 Morbihan",
    "Centre-Val de Loire": "18 Cher|28 Eure-et-Loir|36 Indre|37 Indre-et-Loire|41 Loir-et-Cher|45 Loiret",
    "Corse": "2A Corse-du-Sud|2B Haute-Corse",
    "Grand Est": "08 Ardennes|10 Aube|51 Marne|52 Haute-Marne|54 Meurthe-et-Moselle|55 Meuse|57 Moselle"
    "|67 Bas-Rhin|68 Haut-Rhin|88 Vosges",
    "Hauts-de-France": "02 Aisne|59 Nord|60 Oise|62 Pas-de-Calais|80 Somme",
    "Île-de-France": "75 Paris|77 Seine-et-Marne|78 Yvelines|91 Essonne|92 Hauts-de-Seine"
    "|93 Seine-Saint-Denis|94 Val-de-Marne|95 Val-d’Oise",
    "Normandie": "14 Calvados|27 Eure|50 Manche|61 Orne|76 Seine-Maritime",
    "Nouvelle-Aquitaine": "16 Charente|17 Charente-Maritime|19 Corrèze|23 Creuse|24 Dordogne|33 Gironde"
    "|40 Landes|47 Lot-et-Garonne|64 Pyrénées-Atlantiques|79 Deux-Sèvres|86 Vienne|87 Haute-Vienne",
    "Occitanie": "09 Ariège|11 Aude|12 Aveyron|30 Gard|31 Haute-Garonne|32 Gers|34 Hérault|46 Lot|48 Lozère"
    "|65 Hautes-Pyrénées|66 Pyrénées-Orientales|81 Tarn|82 Tarn-et-Garonne",
    "Pays de la Loire": "44 Loire-Atlantique|49 Maine-et-Loire|53 Mayenne|72 Sarthe|85 Vendée",
    "Provence-Alpes-Côte d’Azur": "04 Alpes-de-Haute-Provence|05 Hautes-Alpes|06 Alpes-Maritimes"
    "|13 Bouches-du-Rhône|83 Var|84 Vaucluse",
    "Outre-mer": "971 Guadeloupe|972 Martinique|973 Guyane|974 La Réunion|976 Mayotte",
}

# Department code -> name, and -> region.
DEPARTMENTS: dict[str, str] = {}
REGION_OF: dict[str, str] = {}
for _region, _departments in REGIONS.items():
    for _department in _departments.split("|"):
        _code, _name = _department.split(" ", 1)
        DEPARTMENTS[_code] = _name
        REGION_OF[_code] = _region

# Where the seat of each department is: code, longitude and latitude in degrees (source: GeoNames,
# CC BY 4.0, rounded to a hundredth).
SEATS = (
    "01 5.23 46.21|02 3.63 49.56|03 3.33 46.56|04 6.23 44.09|05 6.08 44.56|06 7.27 43.7"
    "|07 4.6 44.73|08 4.72 49.77|09 1.61 42.97|10 4.09 48.3|11 2.35 43.22|12 2.57 44.35"
    "|13 5.38 43.3|14 -0.36 49.19|15 2.44 44.93|16 0.15 45.65|17 -1.15 46.16|18 2.4 47.08"
    "|19 1.77 45.27|21 5.01 47.31|22 -2.77 48.52|23 1.87 46.17|24 0.71 45.19|25 6.02 47.25"
    "|26 4.91 44.93|27 1.15 49.02|28 1.49 48.45|29 -4.1 48|2A 8.74 41.92|2B 9.45 42.7"
    "|30 4.36 43.84|31 1.44 43.6|32 0.59 43.65|33 -0.58 44.84|34 3.88 43.61|35 -1.67 48.11"
    "|36 1.69 46.81|37 0.7 47.39|38 5.71 45.18|39 5.56 46.68|40 -0.5 43.89|41 1.33 47.59"
    "|42 4.39 45.43|43 3.89 45.04|44 -1.55 47.22|45 1.9 47.9|46 1.44 44.45|47 0.62 44.2"
    "|48 3.5 44.52|49 -0.55 47.47|50 -1.09 49.12|51 4.37 48.95|52 5.14 48.11|53 -0.77 48.07"
    "|54 6.18 48.68|55 5.16 48.77|56 -2.76 47.66|57 6.17 49.12|58 3.16 46.99|59 3.06 50.63"
    "|60 2.08 49.43|61 0.09 48.43|62 2.78 50.29|63 3.09 45.78|64 -0.36 43.31|65 0.07 43.23"
    "|66 2.9 42.7|67 7.75 48.58|68 7.36 48.08|69 4.85 45.75|70 6.14 47.63|71 4.83 46.31|72 0.2 48"
    "|73 5.92 45.57|74 6.13 45.91|75 2.35 48.85|76 1.1 49.44|77 2.65 48.55|78 2.13 48.8"
    "|79 -0.46 46.32|80 2.3 49.9|81 2.15 43.93|82 1.35 44.02|83 5.93 43.12|84 4.81 43.95"
    "|85 -1.43 46.67|86 0.34 46.58|87 1.25 45.83|88 6.45 48.18|89 3.57 47.8|90 6.85 47.64"
    "|91 2.44 48.63|92 2.21 48.89|93 2.45 48.91|94 2.47 48.79|95 2.08 49.04|971 -61.73 16"
    "|972 -61.07 14.6|973 -52.33 4.94|974 55.45 -20.88|976 45.23 -12.78"
)
SEAT_OF: dict[str, tuple[float, float]] = {}
for _seat in SEATS.split("|"):
    _code, _longitude, _latitude = _seat.split()
    SEAT_OF[_code] = (float(_longitude), float(_latitude))

DEPARTMENT_CHOICES = sorted((code, f"{name} ({code})") for code, name in DEPARTMENTS.items())


def department_name(code: str) -> str:
    """Return the name of the department with this code, the code itself where it is unknown."""
    return DEPARTMENTS.get(code, code)
