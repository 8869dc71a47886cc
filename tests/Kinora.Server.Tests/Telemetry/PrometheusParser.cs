using System.Globalization;
using System.Text.RegularExpressions;

namespace Kinora.Server.Tests.Telemetry;

/// <summary>A family of the text format, as Prometheus' own tools insist on it: HELP, TYPE, then its samples, all together and each once.</summary>
internal sealed record MetricFamily(string Name, string Type, Dictionary<string, double> Samples);

/// <summary>Reads the text format 0.0.4 and throws at whatever <c>promtool check metrics</c> would not take.</summary>
internal static partial class PrometheusParser
{
    public static IReadOnlyDictionary<string, MetricFamily> Parse(string text)
    {
        if (text.Length > 0 && text[^1] != '\n')
        {
            throw new FormatException("The last line does not end.");
        }

        var families = new Dictionary<string, MetricFamily>(StringComparer.Ordinal);
        MetricFamily? family = null;
        string? help = null;
        foreach (var line in text.Split('\n')[..^1])
        {
            if (Help().Match(line) is { Success: true } told)
            {
                help = told.Groups[1].Value;
            }
            else if (Type().Match(line) is { Success: true } typed)
            {
                family = new MetricFamily(typed.Groups[1].Value, typed.Groups[2].Value, []);
                Require(help == family.Name, "TYPE without its HELP: " + line);
                Require(families.TryAdd(family.Name, family), "twice: " + line);
                Require(family.Type != "counter" || family.Name.EndsWith("_total", StringComparison.Ordinal), "a counter that does not end in _total: " + line);
            }
            else
            {
                var sample = Sample().Match(line);
                Require(sample.Success, "no sample: " + line);
                var name = sample.Groups[1].Value;
                Require(family is not null && (name == family.Name || (family.Type == "histogram" && Parts.Any(p => name == family.Name + p))), "outside its family: " + line);
                var labels = Label().Matches(sample.Groups[2].Value);
                Require(string.Join(',', labels.Select(l => l.Value)) == sample.Groups[2].Value, "labels: " + line);
                Require(labels.Select(l => l.Groups[1].Value).Distinct().Count() == labels.Count, "a label twice: " + line);
                Require(family!.Samples.TryAdd(name + "{" + sample.Groups[2].Value + "}", double.Parse(sample.Groups[3].Value, CultureInfo.InvariantCulture)), "a sample twice: " + line);
            }
        }

        foreach (var histogram in families.Values.Where(f => f.Type == "histogram"))
        {
            CheckHistogram(histogram);
        }

        return families;
    }

    private static readonly string[] Parts = ["_bucket", "_sum", "_count"];

    private static void CheckHistogram(MetricFamily histogram)
    {
        foreach (var (count, value) in histogram.Samples.Where(s => s.Key.StartsWith(histogram.Name + "_count", StringComparison.Ordinal)))
        {
            var labels = count[(histogram.Name.Length + "_count{".Length)..^1];
            var buckets = histogram.Samples
                .Where(s => s.Key.StartsWith($"{histogram.Name}_bucket{{{labels}{(labels.Length > 0 ? "," : "")}le=", StringComparison.Ordinal)).Select(s => s.Value).ToList();
            Require(buckets.Count > 1 && buckets.SequenceEqual(buckets.Order()) && buckets[^1] == value, "buckets of " + count);
        }
    }

    private static void Require(bool so, string fault)
    {
        if (!so)
        {
            throw new FormatException(fault);
        }
    }

    [GeneratedRegex("^# HELP ([a-zA-Z_:][a-zA-Z0-9_:]*) (?:[^\\\\]|\\\\\\\\|\\\\n)+$")]
    private static partial Regex Help();

    [GeneratedRegex("^# TYPE ([a-zA-Z_:][a-zA-Z0-9_:]*) (counter|gauge|histogram)$")]
    private static partial Regex Type();

    [GeneratedRegex("^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)\\})? (-?[0-9.]+(?:E[+-]?[0-9]+)?|NaN|[+-]Inf)$")]
    private static partial Regex Sample();

    [GeneratedRegex("([a-zA-Z_][a-zA-Z0-9_]*)=\"(?:[^\"\\\\]|\\\\\\\\|\\\\\"|\\\\n)*\"")]
    private static partial Regex Label();
}
