using System.Diagnostics.Metrics;
using Kinora.Errors;
using Kinora.Jobs;

namespace Kinora.Telemetry;

/// <summary>Reads how the open jobs stand. Only open rows are looked at, however many there are in all.</summary>
public interface IQueueFigures
{
    Task<IReadOnlyList<QueueFigure>> ReadAsync(CancellationToken cancel);
}

/// <param name="ReservedUsd">US dollars that they count against budgets.</param>
/// <param name="DueSince">Since when the one that waits longest could have been taken; null when none waits.</param>
public sealed record QueueFigure(string Provider, JobStatus Status, long Jobs, decimal ReservedUsd, DateTimeOffset? DueSince);

/// <summary>Figures of the whole database as gauges. Read when they are asked for, not more often than they change notably.</summary>
public sealed class QueueGauges : IDisposable
{
    private static readonly TimeSpan LeastAge = TimeSpan.FromSeconds(2);

    /// <summary>Reading takes a time that grows with the open jobs: it may take a twentieth of one processor, whoever asks how often.</summary>
    private const int AgePerReading = 20;

    private readonly IQueueFigures _figures;
    private readonly TimeProvider _time;
    private readonly Meter _meter = new(Measures.Name);
    private readonly SemaphoreSlim _reading = new(1, 1);
    private IReadOnlyList<QueueFigure> _known = [];
    private long? _readAt;
    private TimeSpan _age = LeastAge;

    public QueueGauges(IQueueFigures figures, TimeProvider time)
    {
        _figures = figures;
        _time = time;
        _meter.CreateObservableGauge("kinora.jobs.open", Open, "{job}", "Jobs that are not at their end, of all processes, by provider and state");
        _meter.CreateObservableGauge("kinora.reserved", Reserved, "USD", "US dollars of open jobs, of all processes, by provider");
        _meter.CreateObservableGauge("kinora.claim.lag", Lag, "s", "How long the job that waits longest could have been taken by a worker, by provider");
    }

    /// <summary>Never fails: figures that cannot be read stay as they were.</summary>
    public async Task RefreshAsync(CancellationToken cancel)
    {
        await _reading.WaitAsync(cancel);
        try
        {
            if (_readAt is not { } at || _time.GetElapsedTime(at) >= _age)
            {
                var began = _time.GetTimestamp();
                _known = await _figures.ReadAsync(cancel);
                _readAt = _time.GetTimestamp();
                var took = _time.GetElapsedTime(began, _readAt.Value) * AgePerReading;
                _age = took > LeastAge ? took : LeastAge;
            }
        }
        catch (KinoraException)
        {
            // /ready tells that the database does not answer.
        }
        finally
        {
            _reading.Release();
        }
    }

    public void Dispose()
    {
        _meter.Dispose();
        _reading.Dispose();
    }

    private IEnumerable<Measurement<long>> Open() => _known.Select(f => new Measurement<long>(f.Jobs, new("provider", f.Provider), new("status", f.Status.Word())));

    private IEnumerable<Measurement<double>> Reserved() => ByProvider(figures => (double)figures.Sum(f => f.ReservedUsd));

    private IEnumerable<Measurement<double>> Lag() => ByProvider(figures =>
        figures.Min(f => f.DueSince) is { } since && _time.GetUtcNow() - since is { Ticks: > 0 } lag ? lag.TotalSeconds : 0);

    private IEnumerable<Measurement<double>> ByProvider(Func<IEnumerable<QueueFigure>, double> value) =>
        _known.GroupBy(f => f.Provider).Select(g => new Measurement<double>(value(g), new KeyValuePair<string, object?>("provider", g.Key)));
}
