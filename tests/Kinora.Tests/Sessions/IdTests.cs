using System.Text.Json;
using Kinora.Jobs;
using Kinora.Sessions;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Sessions;

/// <summary>The forms in which sessions and single pictures are named.</summary>
public sealed class IdTests
{
    private const string Hex = "0123456789abcdef0123456789abcdef";
    private const string Uuid = "01234567-89ab-cdef-0123-456789abcdef";

    [Theory]
    [InlineData(Hex)]
    [InlineData(Uuid)]
    [InlineData("01234567-89AB-CDEF-0123-456789ABCDEF")]
    public void SessionId_UuidOrHex_IsRead(string text)
    {
        SessionId.TryParse(text, out var id).ShouldBeTrue();

        (id.ToString(), id.Hex).ShouldBe((Uuid, Hex));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("video_" + Hex)]
    [InlineData("image_" + Hex)]
    [InlineData(Hex + "_2")]
    [InlineData(Hex + " ")]
    [InlineData("{" + Uuid + "}")]
    [InlineData("../" + Hex)]
    public void SessionId_AnythingElse_IsNone(string? text)
    {
        SessionId.TryParse(text, out var id).ShouldBeFalse();
        id.ShouldBe(default);
    }

    [Fact]
    public void SessionId_InJson_IsHex()
    {
        SessionId.TryParse(Uuid, out var id).ShouldBeTrue();

        JsonSerializer.Serialize(id).ShouldBe($"\"{Hex}\"");
        JsonSerializer.Deserialize<SessionId>($"\"{Hex}\"").ShouldBe(id);
        Should.Throw<JsonException>(() => JsonSerializer.Deserialize<SessionId>("\"x\""));
        Should.Throw<JsonException>(() => JsonSerializer.Deserialize<SessionId>("null"));
    }

    [Theory]
    [InlineData("image_" + Hex, 0)]
    [InlineData("image_" + Hex + "_1", 0)]
    [InlineData("image_" + Hex + "_2", 1)]
    [InlineData("image_" + Hex + "_10", 9)]
    [InlineData("video_" + Hex + "_2", 1)]
    [InlineData(Hex, 0)]
    [InlineData(Hex + "_3", 2)]
    [InlineData(Uuid, 0)]
    [InlineData(Uuid + "_3", 2)]
    public void ImageId_AnyFormOfAJobsId_WithItsNumber_IsRead(string text, int index)
    {
        ImageId.TryParse(text, out var id).ShouldBeTrue();

        (id.Job.Hex, id.Index).ShouldBe((Hex, index));
        ImageId.TryParse(id.ToString(), out var again).ShouldBeTrue();
        again.ShouldBe(id);
        id.ToString().ShouldBe("image_" + Hex + (index == 0 ? "" : $"_{index + 1}"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("image_")]
    [InlineData("image__2")]
    [InlineData("_2")]
    [InlineData("image_" + Hex + "_")]
    [InlineData("image_" + Hex + "_0")]
    [InlineData("image_" + Hex + "_-1")]
    [InlineData("image_" + Hex + "_+1")]
    [InlineData("image_" + Hex + "_ 2")]
    [InlineData("image_" + Hex + "_1000")]
    [InlineData("image_" + Hex + "_2_2")]
    [InlineData("image_image_" + Hex)]
    [InlineData("cat.png")]
    [InlineData("generated_images/sessions/" + Uuid + "/images/image_001.png")]
    public void ImageId_AnythingElse_IsNone(string? text)
    {
        ImageId.TryParse(text, out var id).ShouldBeFalse();
        id.ShouldBe(default);
    }
}
