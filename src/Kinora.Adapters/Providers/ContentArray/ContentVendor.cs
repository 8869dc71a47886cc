using Kinora.Adapters.Providers.Tasks;
using Kinora.Catalog;
using Kinora.Providers;

namespace Kinora.Adapters.Providers.ContentArray;

/// <summary>What tells the vendors apart that take a request as an array of content.</summary>
/// <param name="Create">Path of creates.</param>
/// <param name="Look">Path of looks; the id goes behind it.</param>
/// <param name="Stop">Path of deletions; the id goes behind it.</param>
/// <param name="Frames">Its words for the frames of all its models.</param>
/// <param name="Models">Its models, for a configured name and address.</param>
internal sealed record ContentVendor(string Create, string Look, string Stop, FrameTable Frames, Func<string, Uri, IReadOnlyList<ModelInfo>> Models)
{
    /// <summary>Path of the list of tasks; null where its form is not known.</summary>
    public string? List { get; init; }

    /// <summary>The field of the watermark is <c>aigc_watermark</c>, not <c>watermark</c>.</summary>
    public bool AigcWatermark { get; init; }

    /// <summary>The vendor's own client gives a single first frame its role too.</summary>
    public bool NamesSingleFrame { get; init; }

    /// <summary>There is a switch for sound.</summary>
    public bool AudioSwitch { get; init; }

    /// <summary>Frames alone decide on the shape: the ratio is left out beside them.</summary>
    public bool FramesHideRatio { get; init; }

    /// <summary>Names of models hold this whose ratio must be <c>adaptive</c> beside frames; null for none.</summary>
    public string? AdaptiveModels { get; init; }

    /// <summary>A callback address is tried out with a challenge first.</summary>
    public bool Challenges { get; init; }

    /// <summary>Error codes that say nothing by themselves, in words that <see cref="Http.ProviderError"/> knows.</summary>
    public IReadOnlyDictionary<string, string> ErrorWords { get; init; } = new Dictionary<string, string>();

    /// <summary>What a finished task cost in US dollars, by its model's price; its answer is null where that does not follow. Null in its place: it never does.</summary>
    public Func<Price, WireTask, RemoteJob, decimal?>? Charge { get; init; }
}
