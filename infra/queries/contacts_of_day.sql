-- Which contacts history counts on the days asked, in which version, and where: what explains a difference between
-- history and counters.
WITH delivered AS (
    SELECT * FROM contacts
    -- Nothing is delivered before it happened, and any time afterwards it may be corrected.
    WHERE day >= CAST(CAST(CAST(:from_day AS date) - INTERVAL '1' DAY AS date) AS varchar)
),
-- include parts/counted.sql
asked AS (
    SELECT * FROM counted
    WHERE CAST(arrived_local AS date) BETWEEN CAST(:from_day AS date) AND CAST(:to_day AS date)
)
SELECT contact_id, version, date_trunc('hour', arrived_at) AS hour, scope, key, channel
FROM asked
ORDER BY contact_id
