using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using Kinora.Server.Telemetry;
using Kinora.Telemetry;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Docs;

/// <summary>Dashboards and alarms rot silently when a metric is renamed: every name they use is one of an instrument.</summary>
public sealed partial class OperationsDocTests
{
    /// <summary>ASP.NET Core's own, by https://learn.microsoft.com/aspnet/core/log-mon/metrics/built-in (read 2026-11-22); MetricsTests sees it served.</summary>
    private static readonly string[] Foreign = ["http_server_request_duration_seconds", "http_server_active_requests"];

    [Theory]
    [InlineData("grafana.json")]
    [InlineData("operations.md")]
    public void EveryMetricThatIsNamed_Exists(string file)
    {
        var names = Names();

        var used = Metric().Matches(File.ReadAllText(Path.Combine(Docs(), file))).Select(m => Parts().Replace(m.Value, "")).Distinct().ToList();

        used.ShouldNotBeEmpty();
        used.Where(name => !names.Contains(name)).ShouldBeEmpty();
    }

    [Fact]
    public void EveryMetricThereIs_IsOnThePage()
    {
        var page = File.ReadAllText(Path.Combine(Docs(), "operations.md"));

        Names().Where(name => !page.Contains(name, StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public void Dashboard_IsJson_AndEveryPanelAsksForSomething()
    {
        using var dashboard = JsonDocument.Parse(File.ReadAllText(Path.Combine(Docs(), "grafana.json")));

        foreach (var panel in dashboard.RootElement.GetProperty("panels").EnumerateArray())
        {
            panel.GetProperty("targets").EnumerateArray().ShouldAllBe(t => t.GetProperty("expr").GetString()!.Length > 0);
        }
    }

    private static HashSet<string> Names()
    {
        var names = new HashSet<string>(Foreign, StringComparer.Ordinal);
        using var gauges = new QueueGauges(new NoFigures(), TimeProvider.System);
        RuntimeHelpers.RunClassConstructor(typeof(Measures).TypeHandle);
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, _) =>
        {
            if (instrument.Meter.Name == Measures.Name)
            {
                names.Add(PrometheusNames.Of(instrument));
            }
        };
        listener.Start();
        return names;
    }

    private static string Docs([CallerFilePath] string file = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "..", "..", "..", "docs"));

    [GeneratedRegex(@"\b(kinora|http_server)_[a-z_]+[a-z]\b")]
    private static partial Regex Metric();

    /// <summary>What a histogram's samples add to its name.</summary>
    [GeneratedRegex("_(bucket|sum|count)$")]
    private static partial Regex Parts();

    private sealed class NoFigures : IQueueFigures
    {
        public Task<IReadOnlyList<QueueFigure>> ReadAsync(CancellationToken cancel) => Task.FromResult<IReadOnlyList<QueueFigure>>([]);
    }
}
