using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Mcp.Conformance;

/// <summary>The scenarios that need no fixtures, against the program as it ships. What else would need one is in <c>tests/clients/baseline.yml</c>, with the reason.</summary>
public sealed class ProductConformanceTests(ServedProduct product) : IClassFixture<ServedProduct>
{
    [Theory]
    [InlineData("tools-list", "2025-11-25")]
    [InlineData("tools-list", "2026-07-28")]
    [InlineData("server-stateless", "2026-07-28")]
    [InlineData("dns-rebinding-protection", "2026-07-28")]
    [InlineData("http-header-validation", "2026-07-28")]
    [InlineData("server-sse-multiple-streams", "2025-11-25")]
    [InlineData("server-sse-multiple-streams", "2026-07-28")]
    [InlineData("sep-2164-resource-not-found", "2026-07-28")]
    [InlineData("caching", "2026-07-28")]
    [InlineData("server-initialize", "2025-11-25")]
    [InlineData("server-session-lifecycle", "2025-11-25")]
    public async Task Scenario_IsPassed(string scenario, string revision)
    {
        var suite = await Suite.RunAsync(
            product.Url, "--scenario", scenario, "--spec-version", revision, "--expected-failures", Path.Combine(NodeClients.Folder, "baseline.yml"));

        suite.Run.ExitCode.ShouldBe(0, suite.Run.Everything);
        suite.Checks.ShouldNotContain(c => c.Status == "WARNING", suite.Reasons);
    }
}
