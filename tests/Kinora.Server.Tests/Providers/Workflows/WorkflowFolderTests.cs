using Kinora.Adapters.Providers.ComfyUi;
using Kinora.Adapters.Providers.Workflows;
using Kinora.Catalog;
using Kinora.Generation;
using Kinora.Providers;
using Kinora.Server.Tests.Providers.ComfyUi;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Providers.Workflows;

public sealed class WorkflowFolderTests : IDisposable
{
    private const string Prompt = """ "prompt": { "node": "6", "input": "text" } """;
    private const string Right = "{" + Prompt + """, "output": "9" }""";

    private readonly ComfyFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Workflow_IsAModel_ByWhatIsBound()
    {
        var models = WorkflowFolder.Read(_folder.Path, "studio").Workflows.ToDictionary(workflow => workflow.Info.Id, workflow => workflow.Info);

        var wan = models["studio/wan"];
        wan.Title.ShouldBe("Wan on this machine");
        wan.Sizes!.Default.ShouldBe(new FrameSize(832, 480));
        wan.Sizes.Allows(new FrameSize(1280, 720)).ShouldBeTrue();
        wan.Sizes.Allows(new FrameSize(1284, 720)).ShouldBeFalse();
        wan.Durations!.Default.ShouldBe(2, "33 frames, of which one is beyond the multiple, at 16 a second");
        (wan.NegativePrompt, wan.Seed, wan.FirstFrame, wan.Cancel).ShouldBe((true, true, false, true));
        models["studio/moves"].ShouldSatisfyAllConditions(moves => moves.FirstFrame.ShouldBeTrue(), moves => moves.Sizes.ShouldBeNull(), moves => moves.Durations.ShouldBeNull());
    }

    [Fact]
    public void Workflow_OfPictures_MakesImages()
    {
        _folder.Write("paint", ComfyFolder.PictureGraph, """{ "kind": "image", """ + Prompt + """, "references": [{ "node": "52", "input": "image" }], "output": "9" }""");

        var paint = WorkflowFolder.Read(_folder.Path, "studio").Workflows.Single(workflow => workflow.Info.Name == "paint").Info;

        paint.Kinds.ShouldBe([MediaKind.Image]);
        paint.Image!.MaxInputs.ShouldBe(1);
    }

    public static TheoryData<string, string?, string> Broken => new()
    {
        { ComfyFolder.Graph, null, "bad.bindings.json is missing beside bad.json" },
        { "[1]", Right, "bad.json: a JSON object is expected" },
        { "{ \"3\": ", Right, "bad.json: " },
        { """{ "nodes": [], "links": [] }""", Right, "bad.json: this is the editor's format" },
        { """{ "3": { "inputs": {} } }""", Right, "bad.json: an API-format graph is expected" },
        { """{ "3": 5 }""", Right, "bad.json: an API-format graph is expected" },
        { """{ "3": { "class_type": "A", "class_type": "B", "inputs": {} } }""", Right, "bad.json: Duplicate property" },
        { ComfyFolder.Graph, "{" + Prompt + """, "output": "9", "promt": {} }""", "bad.bindings.json: promt is not known; allowed here: title, kind, prompt" },
        { ComfyFolder.Graph, """{ "output": "9" }""", "bad.bindings.json: prompt must be where the prompt goes" },
        { ComfyFolder.Graph, "{" + Prompt + "}", "bad.bindings.json: output is missing: the id of the node that saves the result" },
        { ComfyFolder.Graph, "{" + Prompt + """, "output": "9", "seed": { "node": 3, "input": "seed" } }""", "bad.bindings.json: seed.node must be the id of a node of the graph, a text" },
        { ComfyFolder.Graph, "{" + Prompt + """, "output": "9", "references": [{ "node": "5" }] }""", "bad.bindings.json: references[0].input is missing" },
        { ComfyFolder.Graph, "{" + Prompt + """, "output": "9", "frames": { "node": "5", "input": "length", "step": 0 } }""", "frames.step must be a whole number from 1 to" },
        { ComfyFolder.Graph, "{" + Prompt + """, "output": "9", "frames": { "node": "5", "input": "length", "min": 9, "max": 5 } }""", "frames.max must be a whole number from 9 to" },
        { ComfyFolder.Graph, "{" + Prompt + """, "output": "9", "seconds": { "min": 5, "max": 1 } }""", "seconds.max must be a number from 5 to" },
        { ComfyFolder.Graph, "{" + Prompt + """, "output": "77" }""", "the graph has no node \"77\"" },
        { ComfyFolder.Graph, """{ "prompt": { "node": "66", "input": "text" }, "output": "9" }""", "prompt: the graph has no node \"66\"; it has 3, 5, 6, 7, 9" },
        { ComfyFolder.Graph, """{ "prompt": { "node": "6", "input": "words" }, "output": "9" }""", "prompt: node \"6\" has no input \"words\"; it has text, clip" },
        { ComfyFolder.Graph, "{" + Prompt + """, "output": "9", "kind": "sound" }""", "kind must be one of video, image" },
        { ComfyFolder.Graph, "{" + Prompt + """, "output": "9", "width": { "node": "5", "input": "width" } }""", "width and height are bound together" },
        { ComfyFolder.Graph, "{" + Prompt + """, "output": "9", "frames": { "node": "5", "input": "length" } }""", "frames needs fps" },
        { ComfyFolder.Graph, "{" + Prompt + """, "output": "9", "fps": { "node": "9", "input": "images" } }""", "fps: a positive number is expected in input \"images\" of node \"9\"" },
        { ComfyFolder.Graph, "{" + Prompt + """, "output": "9", "seconds": { "min": 1, "max": 5 } }""", "seconds is" },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void Check_BrokenWorkflow_FileAndExpectationAreNamed(string graph, string? bindings, string fault)
    {
        _folder.Write("bad", graph, bindings);

        var faults = new ComfyUiModule().Check(_folder.Settings(new Uri("http://127.0.0.1:8188")));

        faults.ShouldHaveSingleItem().ShouldStartWith("Providers:lab:Workflows: ");
        faults[0].ShouldContain(fault);
    }

    [Fact]
    public void Check_SettingsMissing_EachIsNamed() =>
        new ComfyUiModule().Check(new ProviderSettings { Name = "studio", Kind = "comfyui" }).Select(fault => fault.Split(' ')[0]).ShouldBe(["Providers:studio:BaseUrl", "Providers:studio:Workflows"]);

    [Fact]
    public void Check_FolderMissingOrEmpty_IsTold()
    {
        WorkflowFolder.Read(Path.Combine(_folder.Path, "nowhere"), "studio").Faults.ShouldHaveSingleItem().ShouldContain("cannot be read");
        var empty = Directory.CreateDirectory(Path.Combine(_folder.Path, "empty"));
        WorkflowFolder.Read(empty.FullName, "studio").Faults.ShouldHaveSingleItem().ShouldContain("holds no workflow");
    }
}
