"""How each portal does, judged against its own history.

    observer   what a crawl saw of a portal      → a `Visit`
    history    health.db keeps the visits, the changes of state, and what was told to whom
    rhythm     days with articles                → how long a silence is usual
    findings   visits                            → what is wrong with lists, articles, fields
    judge      visits, rhythm, what was declared → a `Health`: state, reason, since when

The judgement is one pure function: `benchmarks/simulated_year.py` runs it over made-up years.
"""
