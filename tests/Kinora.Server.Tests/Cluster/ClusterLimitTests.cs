using System.Net;
using Kinora.Server.Tests.Mcp;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Cluster;

/// <summary>What holds over all nodes together: limits, budgets, calls of a provider; and what reaches clients of each.</summary>
public sealed class ClusterLimitTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task KeySpreadOverThreeNodes_CreatesNoMoreThanItsLimit()
    {
        await using var scene = await ClusterScene.StartAsync(nodes: 3, keyLimits: ["--creates-per-minute", "6"]);

        var answers = await Task.WhenAll(Enumerable.Range(0, 30).Select(n => scene.TryCreateAsync(n, $"A harbour, {n} [lab:running=1]")));

        answers.Distinct().ShouldBe([HttpStatusCode.OK, HttpStatusCode.TooManyRequests], ignoreOrder: true);
        // One more for every ten seconds that the thirty took.
        answers.Count(answer => answer == HttpStatusCode.OK).ShouldBeInRange(6, 8);
    }

    [Fact]
    public async Task CallsOfAProvider_FromThreeNodes_AreNoMoreAtOnceThanItTakes()
    {
        await using var scene = await ClusterScene.StartAsync(nodes: 3, settings: new Dictionary<string, string> { ["KINORA__Providers__lab__MaxConcurrent"] = "4" });
        foreach (var node in Enumerable.Range(0, 3))
        {
            // Each has done something: all know of each other.
            await scene.EndedAsync(node, await scene.CreateAsync(node, $"warm {node}", "running=1"));
        }

        var ids = await Task.WhenAll(Enumerable.Range(0, 18).Select(n => scene.CreateAsync(n, $"job {n}", "create=latency:1000,running=1")));
        foreach (var (number, id) in ids.Index())
        {
            ClusterScene.Stage(await scene.EndedAsync(number, id)).ShouldBe("completed");
        }

        scene.Traffic.MostAtOnce.ShouldBeLessThanOrEqualTo(4);
        scene.Traffic.MostAtOnce.ShouldBeGreaterThan(1);
        scene.Ledger.Creates.Count.ShouldBe(21);
    }

    [Fact]
    public async Task SocketAtOneNode_HearsOfJobsMadeAtAnother()
    {
        const string password = "harbour light 3 gulls";
        await using var scene = await ClusterScene.StartAsync(nodes: 2, settings: new Dictionary<string, string> { ["KINORA_ADMIN_PASSWORD"] = password });
        var token = await scene.TokenAsync(0, password);

        var run = await NodeClients.RunAsync("cluster.mjs", [At(0), At(1), token], Cancel);

        run.ExitCode.ShouldBe(0, run.Everything);
        run.Out.Trim().ShouldBe("ok");

        string At(int node) => new Uri(scene.Nodes[node].Served.Url).GetLeftPart(UriPartial.Authority);
    }
}
