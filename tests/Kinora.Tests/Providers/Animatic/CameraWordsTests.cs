using Kinora.Adapters.Providers.Animatic.Shots;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Providers.Animatic;

public sealed class CameraWordsTests
{
    [Theory]
    [InlineData("a slow pan left over the roofs", CameraMove.PanLeft)]
    [InlineData("the camera pans slowly to the right", CameraMove.PanRight)]
    [InlineData("camera pan across the bay", CameraMove.PanRight)]
    [InlineData("tilt up to the sky", CameraMove.TiltUp)]
    [InlineData("the camera tilts down", CameraMove.TiltDown)]
    [InlineData("slow zoom on her face", CameraMove.ZoomIn)]
    [InlineData("zooming out", CameraMove.ZoomOut)]
    [InlineData("slow push in", CameraMove.PushIn)]
    [InlineData("dolly in on the door", CameraMove.PushIn)]
    [InlineData("we pull back", CameraMove.PullBack)]
    [InlineData("dolly out", CameraMove.PullBack)]
    [InlineData("tracking shot of a train", CameraMove.TrackRight)]
    [InlineData("the camera follows a dog", CameraMove.TrackRight)]
    [InlineData("track left with the car", CameraMove.TrackLeft)]
    [InlineData("static shot", CameraMove.Static)]
    [InlineData("locked-off frame", CameraMove.Static)]
    [InlineData("镜头推近", CameraMove.PushIn)]
    [InlineData("镜头向左摇", CameraMove.PanLeft)]
    public void Read_Words_GiveTheMove(string text, object move) => CameraWords.Read(text).ShouldBe((CameraMove)move);

    [Theory]
    [InlineData("a frying pan on the stove")]
    [InlineData("a panda eats")]
    [InlineData("a still life with apples")]
    [InlineData("a cat sleeps")]
    public void Read_OtherUsesOfTheWords_GiveNone(string text) => CameraWords.Read(text).ShouldBeNull();

    [Fact]
    public void Choose_SameSeed_SameMove() => CameraWords.Choose(5, 2).ShouldBe(CameraWords.Choose(5, 2));
}
