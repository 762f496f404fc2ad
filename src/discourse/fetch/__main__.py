"""`python -m discourse.fetch`: the crawl as a process of its own, because Scrapy's reactor runs once a process."""

from discourse.fetch.spider import main

main()
