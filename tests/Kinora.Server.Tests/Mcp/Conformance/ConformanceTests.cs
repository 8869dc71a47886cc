using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Mcp.Conformance;

/// <summary>The official suite against the product's transport, tasks and checks: everything that is scored, in both revisions, and all of tasks.</summary>
public sealed class ConformanceTests : IAsyncLifetime
{
    private ConformanceHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await ConformanceHost.StartAsync(TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task OlderRevision_IsServedAsItDemands()
    {
        var suite = await Suite.RunAsync(_host.Url, "--requirements", "2025-11-25");

        suite.Run.ExitCode.ShouldBe(0, suite.Run.Everything);
        suite.Scenarios.Count().ShouldBe(33);

        // Streams that can be taken up again are optional and pending upstream; a client that lost one asks for the video's state.
        suite.Blemishes.ShouldBe(["WARNING server-sse-polling:server-sse-priming-event", "WARNING server-sse-polling:server-sse-retry-field"], suite.Reasons);
    }

    [Fact]
    public async Task NewestRevision_AndTasks_AreServedAsTheyDemand()
    {
        var suite = await Suite.RunAsync(_host.Url, "--requirements", "2026-07-28");

        suite.Run.ExitCode.ShouldBe(0, suite.Run.Everything);
        suite.Scenarios.Count(s => s.StartsWith("tasks-", StringComparison.Ordinal)).ShouldBe(10);
        suite.Scenarios.ShouldContain("http-header-validation");
        suite.Blemishes.ShouldBe(
            [
                // Pending upstream, and nothing of Kinora has parameters that travel as headers.
                "FAILURE http-custom-header-server-validation:sep-2243-server-decode-base64",
                "FAILURE http-custom-header-server-validation:sep-2243-server-no-xmcp-tool",
                "FAILURE http-custom-header-server-validation:sep-2243-server-reject-invalid-param-chars",
                "FAILURE http-custom-header-server-validation:sep-2243-server-reject-param-mismatch",
                "FAILURE http-custom-header-server-validation:sep-2243-server-validate-param-match",

                // The suite leaves it out itself, until it listens on the right stream.
                "SKIPPED tasks-status-notifications:tasks-status-notifications",
            ],
            suite.Reasons);
    }
}
