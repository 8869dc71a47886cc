using System.Globalization;
using Kinora.Jobs;
using Xunit;

namespace Kinora.Server.Tests.Crash;

/// <summary>
/// A server under several clients, killed at every named point as hard as kill -9, and another after it. <c>eng/crash</c> is the long form: more repeats
/// (<c>KINORA_CRASH_REPEATS</c>), more kills at random moments (<c>KINORA_CRASH_ROUNDS</c>), and no start slower than allowed (<c>KINORA_CRASH_READY</c>, seconds);
/// <c>KINORA_CRASH_DATABASE</c> kills at random moments on one of the two only.
/// </summary>
public sealed class CrashMatrixTests
{
    private static readonly string[] _names = ["ann", "bob", "cid"];
    private static readonly string[] _databases = ["sqlite", "postgres"];

    /// <summary>The points that a plain create passes; the others have tests of their own, here and in CrashTests.</summary>
    public static TheoryData<string, string, int> Matrix()
    {
        var matrix = new TheoryData<string, string, int>();
        foreach (var point in CrashPoints.All.Where(p => p is not (CrashPoints.ResultJoined or CrashPoints.MidDelete or CrashPoints.MidMigration)))
        {
            foreach (var database in _databases)
            {
                for (var repeat = 1; repeat <= Number("KINORA_CRASH_REPEATS", 3); repeat++)
                {
                    matrix.Add(point, database, repeat);
                }
            }
        }

        return matrix;
    }

    [Theory]
    [MemberData(nameof(Matrix))]
    public async Task KilledAtAPoint_IsPaidAtMostOnce_AndNothingIsLost(string point, string database, int repeat)
    {
        // Each time at another of the clients' jobs, and at a provider with and without a list.
        await using var scene = await CrashScene.NewAsync(repeat % 2 == 0 ? "openai" : "trtllm", database);
        await scene.ServeAsync($"{point}:{1 + ((repeat - 1) % _names.Length)}");
        await scene.AskAsync(_names);
        await scene.DiedAsync();

        await scene.ServeAsync();
        await scene.AskAgainAsync();
        await scene.ShouldAgreeAsync(await scene.EndedAsync(), $"{point}, {database}, {repeat}");
        scene.ShouldHaveBeenReadyIn(Number("KINORA_CRASH_READY", 0));
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task KilledInTheMiddleOfDeleting_LeavesNeitherRowsNorFiles(string database)
    {
        await using var scene = await CrashScene.NewAsync("trtllm", database);
        await scene.ServeAsync($"{CrashPoints.MidDelete}:2");
        await scene.AskAsync(_names);
        await scene.EndedAsync();
        await scene.DeleteAllAsync();
        await scene.DiedAsync();

        await scene.ServeAsync();
        await scene.DeleteAllAsync();
        await scene.ShouldBeEmptyAsync("mid_delete");
    }

    /// <summary>Where random kills strike.</summary>
    public static TheoryData<string> Databases() =>
        new(_databases.Where(d => d == (Environment.GetEnvironmentVariable("KINORA_CRASH_DATABASE") ?? d)));

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task KilledAtRandomMoments_AgainAndAgain_KeepsEveryPromise(string database)
    {
        var seed = Number("KINORA_CRASH_SEED", Environment.TickCount & 0xFFFF);
        var (random, rounds) = (new Random(seed), Number("KINORA_CRASH_ROUNDS", 5));
        await using var scene = await CrashScene.NewAsync("openai", database);
        for (var round = 1; round <= rounds; round++)
        {
            await scene.ServeAsync();
            await scene.AskAgainAsync();
            var asking = scene.AskAsync(Enumerable.Range(1, 3).Select(n => FormattableString.Invariant($"{round}.{n}")));
            await Task.Delay(random.Next(1_500), TestContext.Current.CancellationToken);
            await scene.KillAsync();
            await asking;
            scene.ShouldBeSound($"seed {seed}, round {round}");
        }

        await scene.ServeAsync();
        await scene.AskAgainAsync();
        var stages = await scene.EndedAsync();
        await scene.ShouldAgreeAsync(stages, $"{database}, seed {seed}");
        var tally = string.Join(", ", stages.Values.CountBy(stage => stage).OrderBy(s => s.Key).Select(s => FormattableString.Invariant($"{s.Value} {s.Key}")));
        TestContext.Current.TestOutputHelper?.WriteLine($"{database}, seed {seed}, {rounds} kills, {stages.Count} acknowledged: {tally}");
        scene.ShouldHaveBeenReadyIn(Number("KINORA_CRASH_READY", 0));
    }

    private static int Number(string name, int usual) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : usual;
}
