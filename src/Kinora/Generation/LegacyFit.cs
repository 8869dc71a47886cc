using System.Globalization;
using Kinora.Catalog;

namespace Kinora.Generation;

/// <summary>
/// Brings what OpenAI's retired video models made (https://developers.openai.com/api/docs/guides/video-generation, read 2026-08) to the nearest that the model makes
/// which stands for them now. Every change is told; what those never made is left for the rules to refuse.
/// </summary>
internal static class LegacyFit
{
    private static readonly FrameSize[] _sizes = [new(720, 1280), new(1280, 720), new(1024, 1792), new(1792, 1024), new(1080, 1920), new(1920, 1080)];

    private static readonly double[] _lengths = [4, 8, 12, 16, 20];

    public static GenerationRequest Apply(GenerationRequest request, ModelInfo model, List<string> warnings)
    {
        // What is extended keeps its size.
        if (request.Operation is not (Operation.Extend or Operation.Append) && request.Size is { } size && _sizes.Contains(size) && model.Sizes is { } sizes && !sizes.Allows(size) && sizes.Nearest(size) is var nearestSize)
        {
            warnings.Add($"size: {model.Id} does not make {size}; this is {nearestSize}, the nearest in shape that it makes.");
            request = request with { Size = nearestSize };
        }

        if (request.Seconds is { } seconds && _lengths.Contains(seconds) && model.Durations is { } durations && !durations.Allows(seconds) && durations.Nearest(seconds) is var nearestLength)
        {
            warnings.Add(string.Create(CultureInfo.InvariantCulture, $"seconds: {model.Id} does not make {seconds} seconds; this is {nearestLength}, the nearest that it makes."));
            request = request with { Seconds = nearestLength };
        }

        return request;
    }
}
