namespace Kinora.Adapters.Providers.Animatic.Shots;

/// <summary>One shot of the film.</summary>
internal sealed record Shot
{
    /// <summary>From 1, as the caption counts.</summary>
    public required int Number { get; init; }

    /// <summary>The shot's words as written, without marker and duration line: what the caption says.</summary>
    public required string Text { get; init; }

    /// <summary>A later change ("make it night"): it outweighs the shot's own words in the picture and is noted in the caption.</summary>
    public string? Revision { get; init; }

    /// <summary>Words in front of the first shot (style, place): they colour every shot whose own words say nothing about it.</summary>
    public string Preamble { get; init; } = "";

    public required int Frames { get; init; }

    public required CameraMove Move { get; init; }

    /// <summary>Whether the words asked for the move; the caption names only those.</summary>
    public bool MoveIsWritten { get; init; }
}
