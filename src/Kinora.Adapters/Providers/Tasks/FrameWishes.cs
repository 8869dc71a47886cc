using Kinora.Generation;

namespace Kinora.Adapters.Providers.Tasks;

/// <summary>What many vendors cannot be asked for together.</summary>
internal static class FrameWishes
{
    /// <exception cref="UnsayableException">Frames and reference pictures are asked for at once.</exception>
    public static void RefuseWithReferences(GenerationRequest request)
    {
        if (request is { References.Count: > 0, FirstFrame: not null } or { References.Count: > 0, LastFrame: not null })
        {
            throw new UnsayableException("takes either frames or reference pictures, not both.");
        }
    }

    /// <exception cref="UnsayableException">There is a last frame and no first one.</exception>
    public static void RefuseLastAlone(GenerationRequest request)
    {
        if (request is { LastFrame: not null, FirstFrame: null })
        {
            throw new UnsayableException("ends in a given frame only where it begins with one too.");
        }
    }
}
