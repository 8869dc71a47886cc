using Kinora.Adapters.Providers.DataFiles;

namespace Kinora.Adapters.Providers.Tasks;

/// <summary>What a hosted model offers must have an input to ask for it: a wish that nobody hears would be paid for all the same.</summary>
internal static class HostedModelRules
{
    /// <summary>Tells the file's node what the model offers in vain.</summary>
    public static void Check(HostedModel model, DataNode node)
    {
        void Missing(bool isMissing, string field, string input)
        {
            if (isMissing)
            {
                node.Fault(field, $"there only where an input is named for it: {input}");
            }
        }

        var words = model.FromWords.Names;
        Missing(model.FromFirst is { Names.FirstFrame: null }, "fromFirst", "firstFrame");
        Missing(model.FromBoth is { Names.FirstFrame: null } or { Names.LastFrame: null }, "fromBoth", "firstFrame and lastFrame");
        Missing(model.FromPictures is { Names.References: null }, "fromPictures", "references");
        Missing(model.MaxReferences > 0 && model.FromPictures is null, "maxReferences", "fromPictures with references");
        Missing(model.Image is { MaxInputs: > 0 } && model.FromPictures is null, "image.maxInputs", "fromPictures with references");
        Missing(model.Image is { MaxCount: > 1 } && words.Count is null, "image.maxCount", "count");
        Missing(model.Durations is { } lengths && (lengths.Allowed.Count > 0 ? lengths.Allowed.Distinct().Count() > 1 : lengths.Max > lengths.Min) && words.Seconds is null, "durations", "seconds");
        var frames = model.Frames?.Rule.Allowed.Select(size => model.Frames.Words(size)!.Value).ToList() ?? [];
        Missing(frames.DistinctBy(frame => frame.Ratio).Count() > 1 && words is { Ratio: null, Size: null }, "ratios", "ratio or size");
        Missing(frames.DistinctBy(frame => frame.Resolution).Count() > 1 && words is { Resolution: null, Size: null }, "resolutions", "resolution or size");
        if (words.Resolution is not null && frames.Any(frame => frame.Resolution.Length == 0))
        {
            node.Fault("resolutions", "a list in which each has its word, since the model has an input for it");
        }

        Missing(model.Sizes is { Allowed.Count: not 1 } && words.Size is null, "sizes", "size");
    }
}
