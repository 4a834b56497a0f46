"""One offline map per study: a single HTML file that asks no server for anything.

The entry point is ``siting.maps.page``; folium is imported there and not here.
"""
