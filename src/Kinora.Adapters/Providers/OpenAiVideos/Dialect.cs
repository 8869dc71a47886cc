using Kinora.Adapters.Providers.Http;
using Kinora.Catalog;

namespace Kinora.Adapters.Providers.OpenAiVideos;

/// <summary>How a create is sent.</summary>
internal enum BodyForm
{
    /// <summary>JSON for text alone, a form when a file goes with it.</summary>
    JsonUnlessFile,

    /// <summary>A form always.</summary>
    Form,
}

/// <summary>How a size is written.</summary>
internal enum SizeForm
{
    /// <summary><c>1280x720</c>.</summary>
    Pixels,

    /// <summary><c>16x9</c> or <c>9x16</c>, nothing else.</summary>
    Ratio,
}

internal enum KeyRule
{
    Required,
    Optional,

    /// <summary>Never sent.</summary>
    None,
}

/// <summary>What DELETE does to a job that runs.</summary>
internal enum DeleteRule
{
    /// <summary>There is no DELETE, or it only takes the record away while the work goes on.</summary>
    NoStop,

    /// <summary>It stops the work.</summary>
    Stops,
}

/// <summary>
/// What differs between the servers that speak the OpenAI Videos shape: data, so that the provider has no ifs by name. Facts, links and dates: NOTES.md.
/// </summary>
internal sealed record Dialect(string Name)
{
    public BodyForm Body { get; init; } = BodyForm.JsonUnlessFile;

    public SizeForm Size { get; init; } = SizeForm.Pixels;

    public KeyRule Key { get; init; } = KeyRule.Required;

    public DeleteRule Delete { get; init; } = DeleteRule.NoStop;

    /// <summary>The name of the part that holds the first frame.</summary>
    public string FileField { get; init; } = "input_reference";

    /// <summary><c>GET /videos</c> lists jobs, so that a doubtful create can be looked for.</summary>
    public bool Lists { get; init; }

    public bool Remix { get; init; }

    /// <summary><c>/videos/edits</c> and <c>/videos/extensions</c>.</summary>
    public bool Edits { get; init; }

    /// <summary>Both take an uploaded video too, as the file part <c>video</c>.</summary>
    public bool Uploads { get; init; }

    /// <summary>Takes <c>seed</c> and <c>negative_prompt</c>.</summary>
    public bool Tuning { get; init; }

    /// <summary>The field that switches sound; null where there is none.</summary>
    public string? SoundField { get; init; }

    /// <summary>Answers hold links to the result, and a link counts as done whatever the status word says.</summary>
    public bool Links { get; init; }

    /// <summary>A second place to ask after a job, tried when the first answers 404 or a page; with <c>{id}</c>.</summary>
    public string? OtherPoll { get; init; }

    /// <summary>A create may be answered with the finished video itself (base64), so its answer may be large.</summary>
    public bool Blocks { get; init; }

    /// <summary>Status words that the shared table does not have.</summary>
    public IReadOnlyDictionary<string, RemoteState> Words { get; init; } = new Dictionary<string, RemoteState>();

    /// <summary>Lengths and sizes that hold for every model there; null: passed on as asked.</summary>
    public DurationRule? Durations { get; init; }

    public SizeRule? Sizes { get; init; }

    public TimeSpan MinPoll { get; init; } = TimeSpan.FromSeconds(5);

    public RemoteState Read(string? word) => word is not null && Words.TryGetValue(word, out var state) ? state : StatusWords.Read(word);
}
