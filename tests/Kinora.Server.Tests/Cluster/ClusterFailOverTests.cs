using System.Net;
using Kinora.Jobs;
using Kinora.Server.Tests.Commands;
using Kinora.Tests.Sql;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Cluster;

/// <summary>The database dies for good, and a standby that followed it takes over.</summary>
public sealed class ClusterFailOverTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task StandbyThatWasBehind_OnceItIsMarked_SendsNothingAgain()
    {
        const int waiting = 3;
        const int lost = 2;
        await using var scene = await ClusterScene.StartAsync(nodes: 1, line: port => new StallingLine(port));
        await using var replication = new StallingLine(scene.Database.Port);
        var standby = await scene.Database.StandbyAsync(replication.Port);
        var (kinora, served) = (scene.Nodes[0].Kinora, scene.Nodes[0].Served);

        // The standby has heard that these wait, but not that they were sent; of the others it has heard nothing.
        await served.KillAsync();
        for (var number = 0; number < waiting; number++)
        {
            await kinora.RunAsync(
                ["create", $"A harbour at dusk, {number} [lab:running=2]", "--model", "lab/lab-video", "--size", "1280x720", "--seconds", "4"], null, ("KINORA_CRASH_AT", CrashPoints.JobCreated));
        }

        await UntilAsync(async () => await JobsAsync(standby, "status = 'queued'") == waiting);
        replication.Cut(questions: true);
        await served.StartAsync();
        var gone = await Task.WhenAll(Enumerable.Range(0, lost).Select(n => scene.CreateAsync(0, $"unheard of {n}")));
        await UntilAsync(async () => await JobsAsync(scene.Database, "status = 'completed'") == waiting + lost);
        await served.KillAsync();
        await scene.FailOverAsync(standby);
        (await JobsAsync(standby, "status = 'queued'")).ShouldBe(waiting);

        var marked = await kinora.RunAsync("restore", "mark", "--files", "--json");
        marked.ExitCode.ShouldBe(0, marked.Error);
        marked.Json.GetProperty("looked_up").GetInt32().ShouldBe(waiting);
        await served.StartAsync();

        await UntilAsync(async () => await JobsAsync(standby, "status = 'completed'") == waiting);
        scene.Ledger.Creates.Count.ShouldBe(waiting + lost);
        foreach (var id in gone)
        {
            (await scene.AskForAsync(0, id)).ShouldBe(HttpStatusCode.NotFound);
        }
    }

    [Fact]
    public async Task StandbyThatCommitsWaitFor_TakesOverUnderARunningNode_AndNothingIsLostOrPaidTwice()
    {
        const int jobs = 24;
        await using var scene = await ClusterScene.StartAsync(nodes: 1, line: port => new StallingLine(port));
        var standby = await scene.Database.StandbyAsync(scene.Database.Port);
        await scene.Database.WaitForStandbyAsync();
        var asking = Enumerable.Range(0, jobs).Select(async number =>
        {
            await Task.Delay(number * 100, Cancel);
            return await scene.CreateAsync(0, $"job {number}");
        }).ToList();

        await Task.Delay(1_000, Cancel);
        await scene.FailOverAsync(standby);

        var ids = await Task.WhenAll(asking);
        foreach (var id in ids)
        {
            var ended = await scene.EndedAsync(0, id);
            ClusterScene.Stage(ended).ShouldBe("completed", ended.ToString());
            (await scene.EndsAsync(id)).ShouldBe(1);
        }

        ids.Distinct().Count().ShouldBe(jobs);
        scene.Ledger.Creates.Count.ShouldBe(jobs);
    }

    private static async Task<long> JobsAsync(PostgresServer database, string which) => (long)(await database.ExecuteAsync($"SELECT COUNT(*) FROM jobs WHERE {which}"))!;

    private static async Task UntilAsync(Func<Task<bool>> so)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        limit.CancelAfter(KinoraProgram.Patience);
        while (!await so())
        {
            await Task.Delay(100, limit.Token);
        }
    }
}
