namespace Kinora.Adapters.Media;

/// <summary>A media program to run once: what, with which arguments, where, under which limits, and who feeds and drains its pipes.</summary>
internal sealed record MediaChildSpec
{
    /// <summary>Absolute path. See <see cref="ProgramPath"/>.</summary>
    public required string Program { get; init; }

    /// <summary>Handed over one by one; no shell ever sees them.</summary>
    public required IReadOnlyList<string> Arguments { get; init; }

    /// <summary>The child's working folder and HOME. It must exist.</summary>
    public required string WorkFolder { get; init; }

    /// <summary>Variables beside PATH, HOME and LANG, which are all that a child gets.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    public MediaChildLimits Limits { get; init; } = new();

    /// <summary>
    /// Writes the child's standard input and returns; the pipe is closed after it. May block while writing. Its token fires when the child is gone.
    /// A pipe that the child has closed ends it quietly: see <see cref="MediaChildResult.InputRefused"/>. Null: the input is empty.
    /// </summary>
    public Func<Stream, CancellationToken, Task>? WriteInput { get; init; }

    /// <summary>Reads the child's standard output to its end; its token fires when time is over or the run is cancelled. Null: up to <see cref="MaxOutputBytes"/> are kept, the rest is dropped.</summary>
    public Func<Stream, CancellationToken, Task>? ReadOutput { get; init; }

    /// <summary>Bytes of standard output kept in <see cref="MediaChildResult.Output"/>.</summary>
    public int MaxOutputBytes { get; init; } = 1 << 20;
}

/// <summary>What a child may use. The kernel keeps all but the first, even when this process is frozen. Null: no limit of ours.</summary>
internal sealed record MediaChildLimits
{
    /// <summary>By the wall clock; the child and its group are killed after it. <see cref="Timeout.InfiniteTimeSpan"/> for none.</summary>
    public TimeSpan Wall { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Seconds of processor time over all threads.</summary>
    public int? CpuSeconds { get; init; } = 120;

    /// <summary>Writable private memory in bytes. Not address space: mapped libraries and reserved pages cost nothing.</summary>
    public long? DataBytes { get; init; } = 512L << 20;

    /// <summary>Size of any file it writes, in bytes.</summary>
    public long? FileBytes { get; init; } = 256L << 20;
}

/// <summary>How a child ended. The error text is for logs: it may hold paths.</summary>
internal sealed record MediaChildResult
{
    /// <summary>128 + n when signal n ended it.</summary>
    public required int ExitCode { get; init; }

    /// <summary>It was killed because <see cref="MediaChildLimits.Wall"/> was over.</summary>
    public required bool TimedOut { get; init; }

    /// <summary>It closed its input, or ended, before everything was written.</summary>
    public required bool InputRefused { get; init; }

    /// <summary>Standard output, when nobody else read it.</summary>
    public required byte[] Output { get; init; }

    /// <summary>There was more than <see cref="Output"/> holds.</summary>
    public required bool OutputCut { get; init; }

    /// <summary>The last 4 KiB of standard error.</summary>
    public required string ErrorTail { get; init; }

    public bool Succeeded => ExitCode == 0 && !TimedOut && !InputRefused;

    /// <summary>One line for a log.</summary>
    public string Summary =>
        $"exit {ExitCode}{(TimedOut ? ", timed out" : "")}{(InputRefused ? ", input refused" : "")}: {ErrorTail.Trim()}";
}
