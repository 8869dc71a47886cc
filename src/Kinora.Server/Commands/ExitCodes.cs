namespace Kinora.Server.Commands;

/// <summary>What a command answers to its shell.</summary>
internal static class ExitCodes
{
    public const int Done = 0;

    /// <summary>The job failed, or something here did.</summary>
    public const int Failed = 1;

    /// <summary>Wrong usage, or input that was refused. Nothing was sent.</summary>
    public const int Refused = 2;

    /// <summary>No key, or not allowed.</summary>
    public const int NotAllowed = 3;

    /// <summary>Time is up; the job goes on.</summary>
    public const int TimeUp = 4;

    /// <summary>Ctrl+C; the job goes on.</summary>
    public const int Interrupted = 130;
}
