using Kinora.Catalog;
using Kinora.Errors;
using Kinora.Generation;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Generation;

/// <summary>Sizes and lengths of the retired API, over models that make others. The scene's model makes 1280x720 and 1920x1080, of 4, 6 or 8 seconds.</summary>
public sealed class LegacyFitTests : IAsyncLifetime
{
    private static readonly GenerationDraft Legacy = new() { Prompt = "a fox", Model = "sora-2", FitToModel = true };

    private readonly RequestScene _scene = new();

    public ValueTask InitializeAsync() => default;

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Theory]
    [InlineData("1280x720", 8, "1280x720", 8, 0)]
    [InlineData("1792x1024", 4, "1920x1080", 4, 1)]
    [InlineData("1280x720", 12, "1280x720", 8, 1)]
    [InlineData("720x1280", 20, "1280x720", 8, 2)]
    public async Task Fit_WhatTheOldModelsMade_BecomesTheNearestAndEveryChangeIsTold(string size, double seconds, string made, double length, int changes)
    {
        var read = await _scene.ReadAsync(Legacy with { Size = size, Seconds = seconds });

        (read.Request.Size!.Value.ToString(), read.Request.Seconds).ShouldBe((made, length));
        read.Warnings.Count.ShouldBe(1 + changes, string.Join('\n', read.Warnings));
        read.EstimateUsd.ShouldBe(0.4m * (decimal)length);
    }

    [Theory]
    [InlineData("640x360", 8, "size")]
    [InlineData("1280x720", 5, "seconds")]
    [InlineData("1280x720", -4, "seconds")]
    public async Task Fit_WhatTheOldModelsNeverMade_IsRefused(string size, double seconds, string field) =>
        (await _scene.RefusedAsync(Legacy with { Size = size, Seconds = seconds })).Faults.ShouldHaveSingleItem().Field.ShouldBe(field);

    [Fact]
    public async Task Fit_NotAskedFor_TheSameIsRefused() =>
        (await _scene.RefusedAsync(Legacy with { FitToModel = false, Size = "720x1280", Seconds = 12 })).Faults.Select(f => (f.Field, f.Code)).ShouldBe(
            [("size", ErrorCodes.UnsupportedByModel), ("seconds", ErrorCodes.UnsupportedByModel)]);

    [Theory]
    [InlineData("720x1280", "720x1280")]
    [InlineData("1024x1792", "1024x1792")]
    [InlineData("1080x1920", "1024x1792")]
    [InlineData("1920x1080", "1792x1024")]
    public void Nearest_OfARange_KeepsTheShapeWithinTheLimits(string asked, string nearest)
    {
        var rule = new SizeRule { MinSide = 256, MaxSide = 1792, Step = 16, MaxPixels = 1_900_000, Default = new FrameSize(1024, 1024) };
        FrameSize.TryParse(asked, out var size).ShouldBeTrue();

        var found = rule.Nearest(size);

        rule.Allows(found).ShouldBeTrue();
        Math.Abs(((double)found.Width / found.Height) - ((double)size.Width / size.Height)).ShouldBeLessThan(0.03);
        FrameSize.TryParse(nearest, out var expected).ShouldBeTrue();
        Math.Abs(found.Pixels - expected.Pixels).ShouldBeLessThan(expected.Pixels / 10);
    }

    [Theory]
    [InlineData(12, 8)]
    [InlineData(5, 6)]
    [InlineData(0.5, 4)]
    public void Nearest_LengthOfAList(double asked, double nearest) => DurationRule.OneOf(8, 4, 6, 8).Nearest(asked).ShouldBe(nearest);

    [Theory]
    [InlineData(3, 4)]
    [InlineData(20, 15)]
    public void Nearest_LengthOfARange(double asked, double nearest) => DurationRule.Between(4, 15, 5).Nearest(asked).ShouldBe(nearest);
}
