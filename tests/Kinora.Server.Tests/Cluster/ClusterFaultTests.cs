using System.Net;
using Kinora.Tests.Sql;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Cluster;

/// <summary>A node that is cut from the database, and nodes of two versions on one database.</summary>
public sealed class ClusterFaultTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task NodeCutFromTheDatabase_BothWaysOrOneWay_SendsNothing_AndAnotherGoesOn(bool bothWays)
    {
        const int jobs = 8;
        await using var scene = await ClusterScene.StartAsync(nodes: 2, line: port => new StallingLine(port));
        var ids = await Task.WhenAll(Enumerable.Range(0, jobs).Select(n => scene.CreateAsync(n, $"before {n}", "running=6")));

        scene.Line!.Cut(questions: bothWays);
        var asked = Enumerable.Range(0, 4).Select(n => scene.CreateAsync(n, $"meanwhile {n}", "running=2")).ToList();
        foreach (var id in ids)
        {
            ClusterScene.Stage(await scene.EndedAsync(1, id)).ShouldBe("completed");
        }

        (await scene.ReadyAsync(0)).ShouldBe(HttpStatusCode.ServiceUnavailable);
        scene.Line.Mend();
        ids = [.. ids, .. await Task.WhenAll(asked)];
        foreach (var (number, id) in ids.Index())
        {
            var ended = await scene.EndedAsync(number, id);
            ClusterScene.Stage(ended).ShouldBe("completed", ended.ToString());
            (await scene.EndsAsync(id)).ShouldBe(1);
        }

        ids.Distinct().Count().ShouldBe(jobs + 4);
        scene.Ledger.Creates.Count.ShouldBe(jobs + 4);

        // The node that was cut works again.
        await scene.EndedAsync(0, await scene.CreateAsync(0, "after it was mended"));
    }

    [Fact]
    public async Task DatabaseOfTheNextVersion_UnderNodesOfThisOne_LosesNothing_AndUnknownStatesAreLeftAlone()
    {
        await using var scene = await ClusterScene.StartAsync(nodes: 2);
        var strange = await scene.CreateAsync(0, "of the next version", "running=1");
        await scene.EndedAsync(0, strange);
        var asking = Enumerable.Range(0, 12).Select(async n =>
        {
            await Task.Delay(n * 150, Cancel);
            return await scene.CreateAsync(n, $"job {n}");
        }).ToList();

        // What a newer node does to the tables when it joins: it adds, and never takes away what this version reads.
        await Task.Delay(400, Cancel);
        await scene.Database.ExecuteAsync("ALTER TABLE jobs ADD COLUMN mood TEXT NOT NULL DEFAULT 'calm'; CREATE TABLE moods (name TEXT PRIMARY KEY); INSERT INTO schema_version (version) VALUES (9999)");
        await scene.Database.ExecuteAsync($"UPDATE jobs SET status = 'levitating', due_at = 1, worker = NULL WHERE id = '{Hex(strange)}'");

        foreach (var (number, id) in (await Task.WhenAll(asking)).Index())
        {
            ClusterScene.Stage(await scene.EndedAsync(number, id)).ShouldBe("completed");
        }

        (await scene.Database.ExecuteAsync($"SELECT status FROM jobs WHERE id = '{Hex(strange)}'")).ShouldBe("levitating");
        (await scene.UntilAsync(1, strange, _ => true)).GetProperty("status").GetString().ShouldBe("in_progress");
        scene.Ledger.Creates.Count.ShouldBe(13);
    }

    private static string Hex(string id) => id.Replace("-", "", StringComparison.Ordinal);
}
