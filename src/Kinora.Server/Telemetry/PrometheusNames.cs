using System.Diagnostics.Metrics;
using System.Text;

namespace Kinora.Server.Telemetry;

/// <summary>How instruments are called in Prometheus' text (https://prometheus.io/docs/instrumenting/exposition_formats/, read 2026-11-22), units as OpenTelemetry writes them there.</summary>
internal static class PrometheusNames
{
    /// <summary><c>kinora.step.duration</c> in seconds is <c>kinora_step_duration_seconds</c>; counters end in <c>_total</c>.</summary>
    public static string Of(Instrument instrument)
    {
        var name = Plain(instrument.Name);
        var unit = instrument.Unit switch
        {
            null or "" or "1" => "",
            "s" => "seconds",
            "By" => "bytes",
            var other when other[0] == '{' => "",
            var other => Plain(other.ToLowerInvariant()),
        };
        if (unit.Length > 0 && !name.EndsWith("_" + unit, StringComparison.Ordinal))
        {
            name += "_" + unit;
        }

        return IsCounter(instrument) && !name.EndsWith("_total", StringComparison.Ordinal) ? name + "_total" : name;
    }

    public static string TypeOf(Instrument instrument) => IsCounter(instrument) ? "counter" : IsHistogram(instrument) ? "histogram" : "gauge";

    public static bool IsHistogram(Instrument instrument) => Kind(instrument) == "Histogram`1";

    private static bool IsCounter(Instrument instrument) => Kind(instrument) is "Counter`1" or "ObservableCounter`1";

    private static string Kind(Instrument instrument) => instrument.GetType().Name;

    /// <summary>Letters, digits and underscores; never a digit first.</summary>
    public static string Plain(string name)
    {
        var plain = new StringBuilder(name.Length + 1);
        foreach (var c in name)
        {
            plain.Append(char.IsAsciiLetterOrDigit(c) ? c : '_');
        }

        return plain.Length > 0 && char.IsAsciiDigit(plain[0]) ? "_" + plain : plain.ToString();
    }

    /// <summary>Of a value of a label.</summary>
    public static void Escape(StringBuilder text, ReadOnlySpan<char> value)
    {
        foreach (var c in value)
        {
            _ = c switch { '\\' => text.Append(@"\\"), '"' => text.Append("\\\""), '\n' => text.Append(@"\n"), _ => text.Append(c) };
        }
    }
}
