using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Kinora.Bench.Mcp;

/// <summary>Sleeping to within some 60 microseconds; <see cref="Thread.Sleep(int)"/> knows whole milliseconds only, and spinning would take a core from the server.</summary>
internal static partial class ExactSleep
{
    /// <param name="due">A time of <see cref="Stopwatch.GetTimestamp"/>.</param>
    public static void Until(long due)
    {
        while (Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), due) is { Ticks: > 0 } left)
        {
            var time = new TimeSpec((nint)left.TotalSeconds, (nint)(left.Ticks % TimeSpan.TicksPerSecond * 100));
            _ = NanoSleep(in time, 0);
        }
    }

    [LibraryImport("libc", EntryPoint = "nanosleep")]
    private static partial int NanoSleep(in TimeSpec time, nint left);

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct TimeSpec(nint Seconds, nint Nanoseconds);
}
