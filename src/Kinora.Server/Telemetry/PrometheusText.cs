using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text;
using Kinora.Telemetry;

namespace Kinora.Server.Telemetry;

/// <summary>Listens to the meters of this process and tells them as Prometheus reads them (text format 0.0.4). Nothing is counted before <see cref="Start"/>.</summary>
internal sealed class PrometheusText(QueueGauges queue) : IDisposable
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private static readonly HashSet<string> Meters = new(StringComparer.Ordinal)
    {
        Measures.Name, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime",
    };

    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<Instrument, MetricSeries> _series = new();
    private readonly SemaphoreSlim _telling = new(1, 1);
    private int _started;

    public void Start()
    {
        if (Interlocked.Exchange(ref _started, 1) != 0)
        {
            return;
        }

        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (Meters.Contains(instrument.Meter.Name))
            {
                listener.EnableMeasurementEvents(instrument, _series.GetOrAdd(instrument, i => new MetricSeries(i)));
            }
        };
        _listener.MeasurementsCompleted = (instrument, _) => _series.TryRemove(instrument, out var _);
        Listen<double>(value => value);
        Listen<long>(value => value);
        Listen<int>(value => value);
        _listener.Start();
    }

    public async Task<string> TellAsync(CancellationToken cancel)
    {
        await queue.RefreshAsync(cancel);
        await _telling.WaitAsync(cancel);
        try
        {
            foreach (var series in _series.Values)
            {
                series.Forget();
            }

            _listener.RecordObservableInstruments();
            var text = new StringBuilder();
            // One name stands once, however many meters of that name there are.
            foreach (var (instrument, series) in _series.OrderBy(s => PrometheusNames.Of(s.Key), StringComparer.Ordinal))
            {
                series.Write(text);
            }

            return text.ToString();
        }
        finally
        {
            _telling.Release();
        }
    }

    public void Dispose()
    {
        _listener.Dispose();
        _telling.Dispose();
    }

    private void Listen<T>(Func<T, double> number)
        where T : struct => _listener.SetMeasurementEventCallback<T>((_, value, tags, state) => ((MetricSeries)state!).Record(number(value), tags));
}
