using Kinora.Adapters.Providers.Animatic.Scenes;
using Kinora.Adapters.Providers.Animatic.Scenes.Figures;
using Kinora.Adapters.Providers.Animatic.Shots;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Providers.Animatic;

public sealed class SceneReadingTests
{
    [Fact]
    public void Read_NextShotSaysNoPlace_StaysWhereItWas()
    {
        var ideas = Read("Shot 1: A paper boat sails down a rainy street. Shot 2: It passes a sleeping cat.");
        ideas.ShouldAllBe(idea => idea.Place == Place.Street && idea.Weather == Weather.Rain);
        ideas[0].Subjects.ShouldBe(["paperboat"]);
        ideas[1].Subjects.ShouldBe(["sleepingcat"]);
    }

    [Theory]
    [InlineData("A red kite over dunes", "kite", nameof(Place.Desert))]
    [InlineData("A kite in the wind", "kite", nameof(Place.Meadow))]
    [InlineData("Two foxes", "fox", nameof(Place.Forest))]
    [InlineData("A fox", "fox", nameof(Place.Forest))]
    [InlineData("Penguins", "penguin", nameof(Place.Snowfield))]
    public void Read_Subject_InTheNamedPlaceOrAtHome(string prompt, string? subject, string place)
    {
        var idea = Read(prompt).ShouldHaveSingleItem();
        (idea.Subjects.SingleOrDefault(), idea.Place.ToString()).ShouldBe((subject, place));
    }

    [Fact]
    public void Read_ChineseWords_AreKnown()
    {
        var idea = Read("一只小猫坐在夜晚的森林里，下雪").ShouldHaveSingleItem();
        (idea.Place, idea.Time, idea.Weather).ShouldBe((Place.Forest, TimeOfDay.Night, Weather.Snow));
        idea.Subjects.ShouldBe(["cat"]);
    }

    [Fact]
    public void Read_Change_OutweighsTheShot()
    {
        var shots = ShotList.Parse("A sunny street", 48).Revise("make it night").Shots;
        SceneReading.Read(shots, 1)[0].Time.ShouldBe(TimeOfDay.Night);
    }

    [Fact]
    public void Read_UnknownWords_GiveTheAbstractLandscape() => Read("The weight of an unfinished idea")[0].Place.ShouldBe(Place.Abstract);

    [Fact]
    public void Read_SkyOverAPlace_IsThatPlace() => Read("A sunset sky over the sea")[0].Place.ShouldBe(Place.Sea);

    [Fact]
    public void Lexicon_EveryFigure_IsInTheCabinet() =>
        SceneLexicon.Subjects.Select(row => row.Figure).Distinct().ShouldBe(FigureCabinet.Figures.Select(figure => figure.Name), ignoreOrder: true);

    private static IReadOnlyList<SceneIdea> Read(string prompt) => SceneReading.Read(ShotList.Parse(prompt, 192).Shots, 1);
}
