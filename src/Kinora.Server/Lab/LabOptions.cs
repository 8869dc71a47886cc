namespace Kinora.Server.Lab;

/// <summary>How a lab is run.</summary>
internal sealed record LabOptions
{
    /// <summary>A free port of 127.0.0.1, for tests.</summary>
    public const string AnyPort = "http://127.0.0.1:0";

    /// <summary>One http address on loopback; any other is refused, for the lab takes every key and believes everything.</summary>
    public string Url { get; init; } = AnyPort;

    /// <summary>The program that makes the result videos.</summary>
    public string Ffmpeg { get; init; } = "ffmpeg";

    /// <summary>Logs requests to stderr.</summary>
    public bool Verbose { get; init; }

    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
