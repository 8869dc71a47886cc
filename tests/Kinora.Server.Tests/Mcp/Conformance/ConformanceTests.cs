using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Mcp.Conformance;

/// <summary>The official suite against the product's transport, tasks and checks: everything that is scored, in both revisions, and all of tasks.</summary>
public sealed class ConformanceTests(ConformanceFixture host) : IClassFixture<ConformanceFixture>
{
    [Theory]
    [InlineData("2025-11-25")]
    [InlineData("2026-07-28")]
    public async Task Requirements_OfARevision_AreMet(string revision)
    {
        var verdict = await Suite.RunAsync(host.Url, "--requirements", revision);
        verdict.ExitCode.ShouldBe(0, verdict.Everything);
        verdict.Everything.ShouldBe("");
    }
}

public sealed class ConformanceFixture : IAsyncLifetime
{
    private ConformanceHost _host = null!;

    public string Url => _host.Url;

    public async ValueTask InitializeAsync() => _host = await ConformanceHost.StartAsync(TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => _host.DisposeAsync();
}

internal static class Suite
{
    public static Task<ForeignRun> RunAsync(string url, params string[] arguments) =>
        NodeClients.RunAsync(NodeClients.Conformance, ["server", "--url", url, .. arguments], TestContext.Current.CancellationToken);
}
