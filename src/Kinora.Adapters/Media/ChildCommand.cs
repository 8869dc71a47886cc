using System.Diagnostics;
using System.Globalization;

namespace Kinora.Adapters.Media;

/// <summary>
/// Builds the command line that runs a program in its own session, under the kernel's limits, bound to the life of this process:
/// <c>setsid prlimit … setpriv --pdeathsig KILL program …</c>. Each replaces itself by the next, so the process id stays the same.
/// Where one of the three is missing it is left out.
/// </summary>
internal static class ChildCommand
{
    private static readonly Lazy<string?> SetSid = new(() => ProgramPath.Find("setsid"));
    private static readonly Lazy<string?> PrLimit = new(() => ProgramPath.Find("prlimit"));
    private static readonly Lazy<string?> SetPriv = new(() => ProgramPath.Find("setpriv"));

    public static ProcessStartInfo For(MediaChildSpec spec)
    {
        string[] line = [.. Session(), .. Limits(spec.Limits), .. ParentDeath(), spec.Program, .. spec.Arguments];
        var info = new ProcessStartInfo(line[0], line.Skip(1))
        {
            WorkingDirectory = spec.WorkFolder,
            UseShellExecute = false,
            // All three, always: an inherited standard output would let the child write into an MCP stdio stream.
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        info.Environment.Clear();
        info.Environment["PATH"] = ProgramPath.Search;
        info.Environment["HOME"] = spec.WorkFolder;
        info.Environment["LANG"] = "C.UTF-8";
        foreach (var (name, value) in spec.Environment)
        {
            info.Environment[name] = value;
        }

        return info;
    }

    private static string[] Session() => SetSid.Value is { } setSid ? [setSid] : [];

    private static IEnumerable<string> Limits(MediaChildLimits limits)
    {
        if (PrLimit.Value is not { } prLimit)
        {
            yield break;
        }

        yield return prLimit;
        yield return "--core=0";
        (string Option, string Label, long? Wanted)[] wanted =
        [
            ("cpu", "Max cpu time", limits.CpuSeconds),
            ("data", "Max data size", limits.DataBytes),
            ("fsize", "Max file size", limits.FileBytes),
        ];
        foreach (var (option, label, value) in wanted)
        {
            if (value is { } limit)
            {
                yield return string.Create(CultureInfo.InvariantCulture, $"--{option}={OwnLimits.Current.Value.Cap(label, limit)}");
            }
        }
    }

    private static string[] ParentDeath() => SetPriv.Value is { } setPriv ? [setPriv, "--pdeathsig", "KILL"] : [];
}
