namespace Kinora.Adapters.Providers.Tasks;

/// <summary>How a length is written.</summary>
internal enum SecondsForm
{
    /// <summary><c>5</c></summary>
    Number,

    /// <summary><c>"5"</c></summary>
    Text,

    /// <summary><c>"5s"</c></summary>
    TextWithUnit,
}

/// <summary>
/// What the inputs of one model are called at a place that hosts many people's models: each names them as it likes. Null: it has no such input, and who
/// needs one is told so before anything is sent.
/// </summary>
internal sealed record InputNames
{
    public string Prompt { get; init; } = "prompt";

    public string? NegativePrompt { get; init; }

    public string? Seed { get; init; }

    /// <summary>A switch: sound or none.</summary>
    public string? Audio { get; init; }

    public string? Seconds { get; init; }

    public SecondsForm SecondsForm { get; init; }

    /// <summary>Takes <c>16:9</c>. Null where the first frame decides.</summary>
    public string? Ratio { get; init; }

    /// <summary>Takes <c>720p</c>.</summary>
    public string? Resolution { get; init; }

    /// <summary>Takes <c>{width, height}</c>.</summary>
    public string? Size { get; init; }

    public string? FirstFrame { get; init; }

    public string? LastFrame { get; init; }

    /// <summary>Pictures to be guided by, or to be changed.</summary>
    public string? References { get; init; }

    /// <summary>It takes one such picture, not a list.</summary>
    public bool OneReference { get; init; }

    /// <summary>How many pictures.</summary>
    public string? Count { get; init; }

    /// <summary>Takes <c>png</c>, <c>jpeg</c> or <c>webp</c>.</summary>
    public string? Format { get; init; }

    /// <summary><c>jpg</c> is what it calls a jpeg.</summary>
    public bool ShortJpeg { get; init; }

    /// <summary>What we call the input of that name; null when it is none of these.</summary>
    public string? Ours(string theirs) => theirs switch
    {
        _ when theirs == Prompt => "prompt",
        _ when theirs == NegativePrompt => "negative_prompt",
        _ when theirs == Seed => "seed",
        _ when theirs == Audio => "audio",
        _ when theirs == Seconds => "seconds",
        _ when theirs == Ratio || theirs == Resolution || theirs == Size => "size",
        _ when theirs == FirstFrame => "reference",
        _ when theirs == LastFrame => "last_frame",
        _ when theirs == References => "references",
        _ when theirs == Count => "count",
        _ when theirs == Format => "format",
        _ => null,
    };
}
