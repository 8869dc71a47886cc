using System.Globalization;

namespace Kinora.Bench;

/// <summary>What the kernel knows about a process.</summary>
internal static class ProcessFigures
{
    /// <summary>User and system time of all its threads, ended ones too. The kernel counts in steps of 10 ms.</summary>
    public static TimeSpan Cpu(int id)
    {
        // The second field, the name, may hold blanks; the times are fields 14 and 15.
        var text = File.ReadAllText($"/proc/{id}/stat");
        var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
        return TimeSpan.FromMilliseconds(10 * (long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture)));
    }

    public static double ResidentMiB(int id) => Status(id, "VmRSS:");

    /// <summary>Highest resident memory so far; 0 when the process is gone.</summary>
    public static double PeakMiB(int id) => Status(id, "VmHWM:");

    /// <summary>Lets the peak begin again at what is resident now.</summary>
    public static void ForgetPeak(int id) => File.WriteAllText($"/proc/{id}/clear_refs", "5");

    private static double Status(int id, string name)
    {
        try
        {
            var line = File.ReadLines($"/proc/{id}/status").FirstOrDefault(l => l.StartsWith(name, StringComparison.Ordinal));
            return line is null ? 0 : double.Parse(line.AsSpan(name.Length, line.Length - name.Length - 2).Trim(), CultureInfo.InvariantCulture) / 1024;
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
