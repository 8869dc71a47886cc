using Kinora.Adapters.Providers.Animatic.Shots;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Providers.Animatic;

public sealed class ShotListTests
{
    [Theory]
    [InlineData("Shot 1: A boat. Shot 2: A cat.", "A boat.|A cat.")]
    [InlineData("SHOT 1 - A boat\nshot 2 - A cat", "A boat|A cat")]
    [InlineData("Scene 1: Dawn\nScene 2: Noon\nScene 3: Night", "Dawn|Noon|Night")]
    [InlineData("镜头1：一只猫。镜头2：一条船。", "一只猫。|一条船。")]
    [InlineData("**Shot 1:** A boat\n**Shot 2:** A cat", "A boat|A cat")]
    [InlineData("- A boat\n\n- A cat\n", "A boat|A cat")]
    [InlineData("1. A boat\r\n2. A cat", "A boat|A cat")]
    [InlineData("A boat on the sea", "A boat on the sea")]
    [InlineData("A boat. A cat.", "A boat. A cat.")]
    [InlineData("The boat leaves the harbour at first light. A cat watches it from the pier until it is gone.", "The boat leaves the harbour at first light.|A cat watches it from the pier until it is gone.")]
    [InlineData("Shot 1:", "")]
    [InlineData("😀", "😀")]
    public void Parse_Prompt_GivesItsShots(string prompt, string shots) =>
        ShotList.Parse(prompt, 240).Shots.Select(shot => shot.Text).ShouldBe(shots.Split('|'));

    [Fact]
    public void Parse_WordsBeforeTheFirstShot_BecomeThePreamble() =>
        ShotList.Parse("A noir film in the rain. Shot 1: A door. Shot 2: A lamp.", 240).Shots.ShouldAllBe(shot => shot.Preamble == "A noir film in the rain.");

    [Fact]
    public void Parse_DurationLines_WeighTheShots()
    {
        var shots = ShotList.Parse("Shot 1:\nduration: 6sec\nA boat.\nShot 2:\nduration: 2sec\nA cat.", 240).Shots;
        shots.Select(shot => shot.Text).ShouldBe(["A boat.", "A cat."]);
        shots[0].Frames.ShouldBeInRange(176, 184);
    }

    [Fact]
    public void Parse_MoreShotsThanTime_JoinsNeighboursAndSaysSo()
    {
        var list = ShotList.Parse(string.Join("\n", Enumerable.Range(1, 30).Select(i => $"Picture {i}")), 48);
        list.Shots.Count.ShouldBe(2);
        list.Shots.ShouldAllBe(shot => shot.Frames >= FrameDivision.LeastFrames);
        list.Warnings.ShouldHaveSingleItem().ShouldContain("30 shots do not fit into 2 seconds");
        string.Join(' ', list.Shots.Select(shot => shot.Text)).ShouldContain("Picture 30");
    }

    [Fact]
    public void Parse_LongParagraphInLittleTime_StaysOneShot() =>
        ShotList.Parse("The boat leaves the harbour at first light. A cat watches it from the pier until it is gone.", 48).Shots.Count.ShouldBe(1);

    [Fact]
    public void Revise_Change_IsNotedOnEveryShotAndMovesTheCamera()
    {
        var revised = ShotList.Parse("Shot 1: A boat. Shot 2: A cat, pan left.", 240).Revise("make it night, zoom in");
        revised.Shots.ShouldAllBe(shot => shot.Revision == "make it night, zoom in" && shot.Move == CameraMove.ZoomIn);
    }

    [Fact]
    public void Divide_AnyWeights_SumsExactly()
    {
        var random = new Random(7);
        for (var round = 0; round < 500; round++)
        {
            var weights = Enumerable.Range(0, random.Next(1, 40)).Select(_ => 0.1 + random.NextDouble() * 20).ToArray();
            var frames = random.Next(Math.Max(24, weights.Length), 1441);
            var parts = FrameDivision.Divide(frames, weights);
            parts.Sum().ShouldBe(frames);
            parts.ShouldAllBe(part => part >= Math.Min(FrameDivision.LeastFrames, frames / weights.Length));
        }
    }
}
