using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace Kinora.Server.Telemetry;

/// <summary>Everything one instrument measured, by its labels.</summary>
internal sealed class MetricSeries(Instrument instrument)
{
    /// <summary>A label that takes ever new values must not fill the memory: what comes later is counted under one label.</summary>
    private const int Most = 1_000;
    private const string Rest = "overflow=\"true\"";

    private static readonly double[] UsualBounds = [.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10];

    private readonly ConcurrentDictionary<string, Cell> _cells = new(StringComparer.Ordinal);
    private readonly double[] _bounds = !PrometheusNames.IsHistogram(instrument) ? [] : [.. (instrument as Histogram<double>)?.Advice?.HistogramBucketBoundaries ?? UsualBounds];
    private readonly bool _isSum = instrument is { IsObservable: false } && instrument.GetType().Name is "Counter`1" or "UpDownCounter`1";

    public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = Labels(tags);
        if (!_cells.TryGetValue(labels, out var cell))
        {
            cell = _cells.GetOrAdd(_cells.Count < Most ? labels : Rest, _ => new Cell(_bounds.Length));
        }

        lock (cell)
        {
            if (_bounds.Length > 0)
            {
                cell.Sum += value;
                cell.Count++;
                var bucket = Array.FindIndex(_bounds, bound => value <= bound);
                cell.Buckets[bucket < 0 ? _bounds.Length : bucket]++;
            }
            else
            {
                cell.Sum = _isSum ? cell.Sum + value : value;
            }
        }
    }

    /// <summary>What is observed anew each time is forgotten before: a series that is no more must not stay at its last value.</summary>
    public void Forget()
    {
        if (instrument.IsObservable)
        {
            _cells.Clear();
        }
    }

    public void Write(StringBuilder text)
    {
        if (_cells.IsEmpty)
        {
            return;
        }

        var name = PrometheusNames.Of(instrument);
        text.Append("# HELP ").Append(name).Append(' ').Append((instrument.Description ?? instrument.Name).Replace(@"\", @"\\", StringComparison.Ordinal).ReplaceLineEndings(" ")).Append('\n');
        text.Append("# TYPE ").Append(name).Append(' ').Append(PrometheusNames.TypeOf(instrument)).Append('\n');
        foreach (var (labels, cell) in _cells.OrderBy(c => c.Key, StringComparer.Ordinal))
        {
            lock (cell)
            {
                if (_bounds.Length > 0)
                {
                    WriteHistogram(text, name, labels, cell);
                }
                else
                {
                    Line(text, name, labels, cell.Sum);
                }
            }
        }
    }

    private void WriteHistogram(StringBuilder text, string name, string labels, Cell cell)
    {
        var below = 0L;
        for (var i = 0; i <= _bounds.Length; i++)
        {
            below += cell.Buckets[i];
            var bound = i < _bounds.Length ? _bounds[i].ToString("R", CultureInfo.InvariantCulture) : "+Inf";
            Line(text, name + "_bucket", labels + (labels.Length > 0 ? "," : "") + $"le=\"{bound}\"", below);
        }

        Line(text, name + "_sum", labels, cell.Sum);
        Line(text, name + "_count", labels, cell.Count);
    }

    private static void Line(StringBuilder text, string name, string labels, double value)
    {
        text.Append(name);
        if (labels.Length > 0)
        {
            text.Append('{').Append(labels).Append('}');
        }

        text.Append(' ').Append(value.ToString("R", CultureInfo.InvariantCulture)).Append('\n');
    }

    private static string Labels(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (tags.Length == 0)
        {
            return "";
        }

        var text = new StringBuilder(64);
        foreach (var (key, value) in tags)
        {
            text.Append(text.Length > 0 ? "," : "").Append(PrometheusNames.Plain(key)).Append("=\"");
            PrometheusNames.Escape(text, Convert.ToString(value, CultureInfo.InvariantCulture));
            text.Append('"');
        }

        return text.ToString();
    }

    private sealed class Cell(int bounds)
    {
        public double Sum;
        public long Count;
        public readonly long[] Buckets = new long[bounds + 1];
    }
}
