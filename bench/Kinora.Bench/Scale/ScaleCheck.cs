using System.Globalization;

namespace Kinora.Bench.Scale;

/// <summary>Whether every job ended exactly once, by the books of the providers and by those of the database.</summary>
internal static class ScaleCheck
{
    public static async Task<bool> RunAsync(ScalePlace place, IReadOnlyList<SimulatedProvider> providers, int bulk, int whole, FaultLog log)
    {
        const string end = "type = 'changed' AND (data LIKE '%\"failed\"%' OR data LIKE '%\"completed\"%')";
        var jobs = "FROM jobs WHERE status IN ('completed', 'failed')";
        (string What, long Found, long Wanted)[] counts =
        [
            ("creates at the providers", providers.Sum(p => p.Made), whole),
            ("of them more than one of a job", providers.Sum(p => p.MadeTwice), 0),
            ("jobs of which no end was told", providers.Sum(p => p.Count - p.Ended), 0),
            ("looks after an end", providers.Sum(p => p.LooksAfterEnd), 0),
            ("jobs at their end in the database", await place.NumberAsync("SELECT COUNT(*) " + jobs), bulk + whole),
            ("open jobs in the database", await place.NumberAsync("SELECT COUNT(*) FROM jobs WHERE status NOT IN ('completed', 'failed', 'cancelled')"), 0),
            ("events of an end", await place.NumberAsync($"SELECT COUNT(*) FROM events WHERE {end}"), bulk + whole),
            ("jobs with such an event", await place.NumberAsync($"SELECT COUNT(DISTINCT job_id) FROM events WHERE {end}"), bulk + whole),
            ("completed jobs without a file", await place.NumberAsync("SELECT COUNT(*) FROM jobs WHERE status = 'completed' AND NOT EXISTS (SELECT 1 FROM assets WHERE job_id = id AND role = 'video')"), 0),
            ("files on the disk", Directory.GetFiles(Path.Combine(place.Folder, "assets"), "video.mp4", SearchOption.AllDirectories).LongLength, await place.NumberAsync("SELECT COUNT(*) FROM jobs WHERE status = 'completed'")),
            ("warnings in the log", log.Count, 0),
        ];
        foreach (var (what, found, wanted) in counts)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {what,-36} {found,12:N0}{(found == wanted ? "" : $"   WRONG, {wanted:N0} expected")}"));
        }

        return counts.All(c => c.Found == c.Wanted);
    }
}
