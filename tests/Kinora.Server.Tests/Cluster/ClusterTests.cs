using System.Diagnostics;
using System.Globalization;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Cluster;

/// <summary>Several nodes on one PostgreSQL and one bucket, as real processes: killed, frozen, cut from their database. <c>KINORA_CLUSTER_JOBS</c> and <c>KINORA_CLUSTER_KILLS</c> make it long.</summary>
public sealed class ClusterTests
{
    [Fact]
    public async Task NodesKilledAtRandom_LoseNothing_AndPayOnce()
    {
        var (jobs, kills, random) = (Number("KINORA_CLUSTER_JOBS", 18), Number("KINORA_CLUSTER_KILLS", 4), new Random(Number("KINORA_CRASH_SEED", Environment.TickCount & 0xFFFF)));
        await using var scene = await ClusterScene.StartAsync(nodes: 3);

        var asking = Enumerable.Range(0, jobs).Select(async number =>
        {
            // At most 120 a minute are taken, in the long form too.
            await Task.Delay(number * (jobs > 100 ? 550 : 200), TestContext.Current.CancellationToken);
            return await scene.CreateAsync(number, FormattableString.Invariant($"job {number}"));
        }).ToList();
        for (var kill = 0; kill < kills; kill++)
        {
            await Task.Delay(random.Next(500, 2_000), TestContext.Current.CancellationToken);
            var node = scene.Nodes[random.Next(scene.Nodes.Count)];
            await node.Served.KillAsync();
            await node.Served.StartAsync();
        }

        var ids = await Task.WhenAll(asking);
        ids.Distinct().Count().ShouldBe(jobs);
        foreach (var (number, id) in ids.Index())
        {
            var ended = await scene.EndedAsync(number, id);
            ClusterScene.Stage(ended).ShouldBe("completed", ended.ToString());
            await scene.ShouldServeAsync(number + 1, ended);
            (await scene.EndsAsync(id)).ShouldBe(1);
        }

        scene.Ledger.Creates.Count.ShouldBe(jobs);
        scene.Ledger.Creates.Select(create => create.PromptHash).Distinct().Count().ShouldBe(jobs);
    }

    [Fact]
    public async Task KilledNode_ItsJobsAreTakenOver()
    {
        const int jobs = 6;
        await using var scene = await ClusterScene.StartAsync(nodes: 2);
        var ids = await Task.WhenAll(Enumerable.Range(0, jobs).Select(n => scene.CreateAsync(0, $"job {n}", "running=30")));
        foreach (var id in ids)
        {
            await scene.UntilAsync(1, id, video => ClusterScene.Stage(video) is "running");
        }

        // Whose a job is at this moment is in its row; between two looks it is nobody's.
        var killed = Stopwatch.GetTimestamp();
        await scene.Nodes[0].Served.KillAsync();
        var held = await CountAsync("worker IS NOT NULL AND due_at IS NOT NULL");
        while (await CountAsync("due_at IS NOT NULL AND updated_at < (extract(epoch FROM now()) - 2) * 1000") > 0)
        {
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{held} of {jobs} jobs were held; all are looked at again {Stopwatch.GetElapsedTime(killed).TotalSeconds:0.0} s after the kill (lease {ClusterScene.Lease} s)");
        foreach (var id in ids)
        {
            ClusterScene.Stage(await scene.EndedAsync(1, id)).ShouldBe("completed");
        }

        scene.Ledger.Creates.Count.ShouldBe(jobs);

        async Task<long> CountAsync(string which) =>
            Convert.ToInt64(await scene.Database.ExecuteAsync($"SELECT COUNT(*) FROM jobs WHERE {which}"), CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task FrozenNode_WakesAfterItsLease_AndChangesNothing()
    {
        await using var scene = await ClusterScene.StartAsync(nodes: 1);
        var frozen = scene.Nodes[0].Served;
        var id = await scene.CreateAsync(0, "frozen", "running=4");
        await scene.UntilAsync(0, id, video => ClusterScene.Stage(video) is "running" or "collecting" or "completed");
        frozen.Freeze();

        await scene.JoinAsync();
        var ended = await scene.EndedAsync(1, id);
        frozen.Thaw();

        ClusterScene.Stage(ended).ShouldBe("completed", ended.ToString());

        // The one that woke does what is left of its step, beats its heart, and serves.
        await scene.EndedAsync(0, await scene.CreateAsync(0, "after it woke"));
        (await scene.EndsAsync(id)).ShouldBe(1);
        ClusterScene.Stage(await scene.EndedAsync(0, id)).ShouldBe("completed");
        scene.Ledger.Creates.Count.ShouldBe(2);
    }

    [Fact]
    public async Task DatabaseRestarted_UnderLoad_LosesNothing()
    {
        await using var scene = await ClusterScene.StartAsync(nodes: 2);
        var asking = Enumerable.Range(0, 10).Select(async number =>
        {
            await Task.Delay(number * 250, TestContext.Current.CancellationToken);
            return await scene.CreateAsync(number, FormattableString.Invariant($"job {number}"));
        }).ToList();
        foreach (var crash in new[] { true, false })
        {
            await Task.Delay(800, TestContext.Current.CancellationToken);
            await scene.Database.StopAsync(crash);
            await scene.Database.RunAsync();
        }

        foreach (var (number, id) in (await Task.WhenAll(asking)).Index())
        {
            ClusterScene.Stage(await scene.EndedAsync(number, id)).ShouldBe("completed");
        }

        scene.Ledger.Creates.Count.ShouldBe(10);
    }

    private static int Number(string name, int usual) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : usual;
}
