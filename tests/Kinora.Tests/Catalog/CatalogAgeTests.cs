using Kinora.Catalog;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Catalog;

public sealed class CatalogAgeTests
{
    private static readonly DateOnly _today = new(2026, 11, 22);

    private static readonly ModelInfo _model = new() { Id = "a/b", Title = "", Source = "test" };

    [Fact]
    public void Of_ModelsThatEnd_ListsTheNearestFirst_AndThoseThatHaveEnded()
    {
        var models = new[] { _model with { Id = "a/far", RetiresOn = _today.AddDays(91) }, _model with { Id = "a/near", RetiresOn = _today.AddDays(90) }, _model with { Id = "a/gone", RetiresOn = _today.AddDays(-9) }, _model };

        CatalogAge.Of(models, _today).Ending.Select(m => m.Id).ShouldBe(["a/gone", "a/near"]);
    }

    [Theory]
    [InlineData(120, null, false)]
    [InlineData(121, null, true)]
    [InlineData(null, null, false)]
    [InlineData(1, 121, true)]
    [InlineData(1, 120, false)]
    public void Of_FactsThatWereReadLongAgo_AreOld(int? factsAge, int? priceAge, bool old)
    {
        var model = _model with
        {
            SourceDate = factsAge is { } facts ? _today.AddDays(-facts) : null,
            Price = new Price(1, PriceUnit.Job) { SourceDate = priceAge is { } price ? _today.AddDays(-price) : null },
        };

        CatalogAge.Of([model], _today).Old.Count.ShouldBe(old ? 1 : 0);
    }

    [Fact]
    public void Estimate_OfLargerFrames_TakesTheirPrice_AndCountsWhatComesIn()
    {
        var price = new Price(0.08m, PriceUnit.Second) { Larger = [new PriceStep(720, 0.14m), new PriceStep(1080, 0.25m)], UsdPerInput = 0.01m };

        price.Estimate(new FrameSize(854, 480), 10, 1).ShouldBe(0.8m);
        price.Estimate(new FrameSize(720, 1280), 10, 1, inputs: 2).ShouldBe(1.42m);
        price.Estimate(new FrameSize(1440, 1080), 10, 1).ShouldBe(2.5m);
        price.Estimate(new FrameSize(1280, 720), null, 1).ShouldBeNull();
        price.ToString().ShouldBe("$0.08 to $0.25 a second");
    }
}
