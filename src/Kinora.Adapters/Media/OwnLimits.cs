using System.Globalization;

namespace Kinora.Adapters.Media;

/// <summary>
/// The hard limits this process runs under itself. An ordinary user may not give a child more, and <c>prlimit</c> then refuses to start it at all.
/// </summary>
internal sealed class OwnLimits
{
    private const int LabelColumns = 26;
    private readonly Dictionary<string, long> _hard = new(StringComparer.Ordinal);

    /// <param name="table">Text of <c>/proc/self/limits</c>; a line that is not understood is no limit.</param>
    public OwnLimits(string table)
    {
        foreach (var line in table.Split('\n').Where(line => line.Length > LabelColumns))
        {
            var columns = line[LabelColumns..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (columns.Length > 1 && long.TryParse(columns[1], CultureInfo.InvariantCulture, out var hard))
            {
                _hard[line[..LabelColumns].TrimEnd()] = hard;
            }
        }
    }

    public static Lazy<OwnLimits> Current { get; } = new(() => new OwnLimits(File.Exists("/proc/self/limits") ? File.ReadAllText("/proc/self/limits") : ""));

    /// <param name="label">As in the table, e.g. <c>Max data size</c>.</param>
    public long Cap(string label, long wanted) => _hard.TryGetValue(label, out var hard) ? Math.Min(hard, wanted) : wanted;
}
