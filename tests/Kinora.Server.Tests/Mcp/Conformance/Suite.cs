using System.Text.Json;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Mcp.Conformance;

/// <summary>One thing the suite looked at.</summary>
internal sealed record Check(string Scenario, string Id, string Status, string? Message)
{
    public override string ToString() => $"{Status} {Scenario}:{Id}";
}

/// <summary>A run of the official conformance suite, and every check it made.</summary>
internal sealed record Suite(ForeignRun Run, IReadOnlyList<Check> Checks)
{
    public IEnumerable<string> Scenarios => Checks.Select(c => c.Scenario).Distinct();

    /// <summary>Whatever is neither a success nor a mere remark.</summary>
    public IEnumerable<string> Blemishes => Checks.Where(c => c.Status is not ("SUCCESS" or "INFO")).Select(c => c.ToString()).Order(StringComparer.Ordinal);

    public string Reasons => string.Join('\n', Checks.Where(c => c.Status is not ("SUCCESS" or "INFO")).Select(c => $"{c}: {c.Message}"));

    public static async Task<Suite> RunAsync(string url, params string[] arguments)
    {
        var results = Directory.CreateTempSubdirectory("kinora-conformance-").FullName;
        try
        {
            var run = await NodeClients.RunAsync(
                NodeClients.Conformance, ["server", "--url", url, "-o", results, .. arguments], TestContext.Current.CancellationToken);
            var checks = Directory.EnumerateFiles(results, "checks.json", SearchOption.AllDirectories).SelectMany(Read).ToList();
            checks.ShouldNotBeEmpty(run.Everything);
            return new Suite(run, checks);
        }
        finally
        {
            Directory.Delete(results, recursive: true);
        }
    }

    /// <summary>The folder is named server-SCENARIO-TIME.</summary>
    private static IEnumerable<Check> Read(string file)
    {
        const string start = "server-";
        const string time = "-2026-11-21T12-36-30-173Z";
        var scenario = Path.GetFileName(Path.GetDirectoryName(file)!)[start.Length..^time.Length];
        using var json = JsonDocument.Parse(File.ReadAllText(file));
        return [.. json.RootElement.EnumerateArray().Select(c => new Check(
            scenario,
            c.GetProperty("id").GetString()!,
            c.GetProperty("status").GetString()!,
            c.TryGetProperty("errorMessage", out var message) ? message.GetString() : null))];
    }
}
