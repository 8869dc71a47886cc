using System.Globalization;
using Kinora.Adapters.Sql;
using Kinora.Jobs;

/// <summary>Opens a database and makes jobs in it, one after the other; crash points may end it in between.</summary>
internal static class JobsScenario
{
    /// <param name="place">A file, or a connection string.</param>
    public static async Task<int> RunAsync(string place, string count)
    {
        await using ISqlDatabase database = place.Contains('=', StringComparison.Ordinal) ? PostgresDatabase.Open(place) : SqliteDatabase.Open(place);
        var store = new SqlJobStore(database, TimeProvider.System);
        var random = new SystemRandomBytes();
        for (var i = 0; i < int.Parse(count, CultureInfo.InvariantCulture); i++)
        {
            var job = new Job
            {
                Id = JobId.New(random),
                Owner = "ann",
                Provider = "fake",
                Model = "fake/model",
                RequestJson = """{"prompt":"a fox"}""",
                BodyHash = "body",
                CreatedAt = DateTimeOffset.UtcNow,
            };
            await store.CreateAsync(new NewJob(job, null), CancellationToken.None);
            CrashPoints.Hit(CrashPoints.JobCreated);
        }

        return 0;
    }
}
