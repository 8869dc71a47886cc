using Kinora.Adapters.Providers.Animatic.Frames;

namespace Kinora.Adapters.Providers.Animatic.Scenes;

/// <summary>What the camera sees in one shot: a drawn stage or a given picture. Disposed when the film has passed it.</summary>
internal interface IScene : IDisposable
{
    /// <summary>The scene at 0..1 of its shot (held at the ends), so many seconds into it. Safe from several threads.</summary>
    SceneView At(double progress, double seconds);
}
