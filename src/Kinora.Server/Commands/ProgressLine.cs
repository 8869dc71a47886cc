using System.Globalization;
using Kinora.Errors;
using Kinora.Jobs;

namespace Kinora.Server.Commands;

/// <summary>
/// Shows how a job is getting on, on stderr: one line redrawn in place on a terminal (stage, bar, per cent, elapsed, time left), plain lines elsewhere.
/// </summary>
internal sealed class ProgressLine(TimeProvider time) : IDisposable
{
    private const int BarWidth = 24;

    private readonly bool _terminal = !Console.IsErrorRedirected;
    private readonly long _started = time.GetTimestamp();
    private readonly Lock _lock = new();
    private ITimer? _redraw;
    private Job? _job;
    private string _lastStage = "";
    private int _lastTenth = -1;
    private string _lastHeld = "";
    private int _attemptsTold;
    private (TimeSpan At, double Progress)? _firstProgress;

    /// <summary>Takes the newest state.</summary>
    public void Show(Job job)
    {
        lock (_lock)
        {
            _job = job;
            var elapsed = time.GetElapsedTime(_started);
            if (job.Status == JobStatus.Running && job.Progress > 0)
            {
                _firstProgress ??= (elapsed, job.Progress);
            }

            TellAttempts(job, elapsed);
            if (_terminal)
            {
                Redraw();
                _redraw ??= time.CreateTimer(_ => Redraw(), null, TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(0.5));
            }
            else
            {
                PlainLine(job, elapsed);
            }
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _redraw?.Dispose();
            if (_terminal && _job is not null)
            {
                Console.Error.Write("\r\u001b[K");
            }

            _job = null;
        }
    }

    /// <summary>Time left from the pace so far; null until it can be told.</summary>
    internal static TimeSpan? TimeLeft(TimeSpan since, double fromProgress, TimeSpan now, double progress)
    {
        var done = progress - fromProgress;
        return done < 0.02 || now - since < TimeSpan.FromSeconds(1) ? null : (now - since) / done * (1 - progress);
    }

    internal static string Clock(TimeSpan span) => span.TotalHours >= 1
        ? span.ToString(@"h\:mm\:ss", CultureInfo.InvariantCulture)
        : span.ToString(@"m\:ss", CultureInfo.InvariantCulture);

    private void Redraw()
    {
        lock (_lock)
        {
            if (_job is not { } job)
            {
                return;
            }

            var filled = (int)Math.Round(job.Progress * BarWidth);
            var line = $"{JobView.Stage(job),-8} {new string('█', filled)}{new string('░', BarWidth - filled)} {JobView.Percent(job),3} %  {Times(job)}";
            var note = (job.Faults > 0 || WaitsForSomebody(job)) && job.Reason.Length > 0 ? "  " + job.Reason : "";
            Console.Error.Write("\r\u001b[K" + Fit(line + note));
        }
    }

    /// <summary>Why it went on with another model: who asked for several wants to know which one it is.</summary>
    private void TellAttempts(Job job, TimeSpan elapsed)
    {
        foreach (var attempt in job.Attempts.Skip(_attemptsTold))
        {
            Console.Error.WriteLine($"{(_terminal ? "\r\u001b[K" : "")}{Clock(elapsed)}  {attempt.Model} made nothing: {attempt.Text}");
        }

        _attemptsTold = job.Attempts.Count;
    }

    /// <summary>It goes no further until its provider answers again, or its key is set right.</summary>
    private static bool WaitsForSomebody(Job job) => HeldJob.Is(job) || job.Reason.StartsWith(ErrorCodes.AuthRequired, StringComparison.Ordinal);

    private void PlainLine(Job job, TimeSpan elapsed)
    {
        var stage = JobView.Stage(job);
        var tenth = (int)(job.Progress * 10);
        if (stage != _lastStage || tenth != _lastTenth)
        {
            (_lastStage, _lastTenth) = (stage, tenth);
            Console.Error.WriteLine($"{Clock(elapsed)}  {stage}  {JobView.Percent(job)} %");
        }

        if (WaitsForSomebody(job) && job.Reason != _lastHeld)
        {
            _lastHeld = job.Reason;
            Console.Error.WriteLine($"{Clock(elapsed)}  {job.Reason}");
        }
    }

    private string Times(Job job)
    {
        var elapsed = time.GetElapsedTime(_started);
        var left = _firstProgress is { } first && job.Status == JobStatus.Running ? TimeLeft(first.At, first.Progress, elapsed, job.Progress) : null;
        return left is { } eta ? $"{Clock(elapsed)} · about {Clock(eta)} left" : Clock(elapsed);
    }

    private static string Fit(string line)
    {
        var width = Console.WindowWidth is > 20 and var w ? w - 1 : 79;
        return line.Length <= width ? line : line[..(width - 1)] + "…";
    }
}
