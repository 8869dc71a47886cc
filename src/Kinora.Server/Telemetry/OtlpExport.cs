using System.Runtime.CompilerServices;
using Kinora.Telemetry;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Kinora.Server.Telemetry;

/// <summary>
/// Sends traces and metrics to a collector, switched on by <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> alone; the other standard variables
/// (https://opentelemetry.io/docs/specs/otel/protocol/exporter/, read 2026-11-22) do what they say. Without it nothing of OpenTelemetry is even loaded.
/// </summary>
internal sealed class OtlpExport : IDisposable
{
    private const string Switch = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(5);

    private readonly IDisposable[] _providers;
    private readonly CancellationTokenSource _stop = new();

    private OtlpExport(IDisposable[] providers, QueueGauges queue)
    {
        _providers = providers;
        _ = Task.Run(() => RefreshAsync(queue));
    }

    /// <summary>Null: not asked for.</summary>
    /// <param name="environment">Those of a .env file included.</param>
    public static OtlpExport? Start(IReadOnlyDictionary<string, string> environment, QueueGauges queue) =>
        environment.TryGetValue(Switch, out var address) && address.Length > 0 ? new OtlpExport(Build(environment), queue) : null;

    /// <summary>What was not sent yet is sent, within a few seconds.</summary>
    public void Dispose()
    {
        _stop.Cancel();
        foreach (var provider in _providers)
        {
            provider.Dispose();
        }

        _stop.Dispose();
    }

    // Not inlined: its packages are loaded when it runs.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static IDisposable[] Build(IReadOnlyDictionary<string, string> environment)
    {
        foreach (var (name, value) in environment.Where(e => e.Key.StartsWith("OTEL_", StringComparison.Ordinal)))
        {
            // The exporter reads the process's own variables; those of a .env file are meant too.
            Environment.SetEnvironmentVariable(name, value);
        }

        void Describe(ResourceBuilder resource)
        {
            if (!environment.ContainsKey("OTEL_SERVICE_NAME"))
            {
                resource.AddService("kinora", serviceVersion: typeof(OtlpExport).Assembly.GetName().Version!.ToString(3));
            }
        }

        return
        [
            Sdk.CreateTracerProviderBuilder().ConfigureResource(Describe).AddSource(Measures.Name, "Microsoft.AspNetCore").AddOtlpExporter().Build(),
            Sdk.CreateMeterProviderBuilder().ConfigureResource(Describe)
                .AddMeter(Measures.Name, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime").AddOtlpExporter().Build(),
        ];
    }

    private async Task RefreshAsync(QueueGauges queue)
    {
        try
        {
            while (true)
            {
                await queue.RefreshAsync(_stop.Token);
                await Task.Delay(Pace, _stop.Token);
            }
        }
        catch (Exception end) when (end is OperationCanceledException or ObjectDisposedException)
        {
        }
    }
}
