using Kinora.Adapters.Providers.ComfyUi;
using Kinora.Providers;
using Kinora.Server.Tests.Providers.OpenAiImages;
using Shouldly;

namespace Kinora.Server.Tests.Providers.ComfyUi;

/// <summary>An operator's folder with workflows.</summary>
internal sealed class ComfyFolder : IDisposable
{
    public const string Graph = """
        {
          "3": { "class_type": "KSampler", "inputs": { "seed": 1, "steps": 20, "positive": ["6", 0], "negative": ["7", 0], "latent_image": ["5", 0] } },
          "5": { "class_type": "EmptyHunyuanLatentVideo", "inputs": { "width": 832, "height": 480, "length": 33, "batch_size": 1 } },
          "6": { "class_type": "CLIPTextEncode", "inputs": { "text": "a house", "clip": ["38", 0] } },
          "7": { "class_type": "CLIPTextEncode", "inputs": { "text": "blurred", "clip": ["38", 0] } },
          "9": { "class_type": "SaveVideo", "inputs": { "images": ["3", 0], "fps": 16 } }
        }
        """;

    public const string Bindings = """
        {
          "title": "Wan on this machine",
          "prompt": { "node": "6", "input": "text" },
          "negative": { "node": "7", "input": "text" },
          "seed": { "node": "3", "input": "seed" },
          "width": { "node": "5", "input": "width", "step": 4, "max": 1280 },
          "height": { "node": "5", "input": "height", "step": 4, "max": 1280 },
          "frames": { "node": "5", "input": "length", "step": 4, "plus": 1 },
          "fps": { "node": "9", "input": "fps" },
          "seconds": { "min": 1, "max": 5 },
          "output": "9"
        }
        """;

    public const string PictureGraph = """
        {
          "3": { "class_type": "KSampler", "inputs": { "seed": 1 } },
          "6": { "class_type": "CLIPTextEncode", "inputs": { "text": "a house" } },
          "9": { "class_type": "SaveVideo", "inputs": { "fps": 16 } },
          "52": { "class_type": "LoadImage", "inputs": { "image": "example.png" } }
        }
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("kinora-comfy-");

    public ComfyFolder()
    {
        Write("wan", Graph, Bindings);
        Write("moves", PictureGraph, """{ "prompt": { "node": "6", "input": "text" }, "first_frame": { "node": "52", "input": "image" }, "output": "9" }""");
    }

    public string Path => _folder.FullName;

    public void Write(string name, string graph, string? bindings)
    {
        File.WriteAllText(System.IO.Path.Combine(Path, name + ".json"), graph);
        if (bindings is not null)
        {
            File.WriteAllText(System.IO.Path.Combine(Path, name + ".bindings.json"), bindings);
        }
    }

    public ProviderSettings Settings(Uri lab, string? key = null) => new()
    {
        Name = "lab",
        Kind = "comfyui",
        BaseUrl = new Uri(lab, "/comfy"),
        ApiKey = key,
        Extra = new Dictionary<string, string> { ["Workflows"] = Path, ["TimeoutSeconds"] = "1" },
    };

    public IMediaProvider Connect(Uri lab, string? key = null, TimeProvider? clock = null)
    {
        var (module, settings) = (new ComfyUiModule(), Settings(lab, key));
        module.Check(settings).ShouldBeEmpty();
        return module.Create(settings, clock is null ? NoServices.Instance : new ClockAlone(clock));
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
