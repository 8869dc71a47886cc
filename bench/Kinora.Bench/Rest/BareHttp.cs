namespace Kinora.Bench.Rest;

/// <summary>The floor of every endpoint: ASP.NET Core with nothing behind it.</summary>
internal static class BareHttp
{
    public static async Task<int> RunAsync(string file)
    {
        var answer = new FileInfo(file).Length < 1 << 20 ? await File.ReadAllBytesAsync(file) : [];
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var app = builder.Build();
        app.MapGet("/api/videos/{id}", (string id) => Results.Bytes(answer, "application/json"));
        app.MapGet("/file", () => Results.File(file, "video/mp4", enableRangeProcessing: true));
        await app.StartAsync();
        Console.WriteLine(app.Urls.First());
        await Console.In.ReadToEndAsync();
        return 0;
    }
}
