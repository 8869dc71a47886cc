namespace Kinora.Configuration;

/// <summary>The folder that holds everything Kinora keeps: database, results, inputs, scratch and logs.</summary>
/// <param name="Path">Absolute.</param>
public sealed record DataFolder(string Path)
{
    public string Database => System.IO.Path.Combine(Path, "kinora.db");

    public string Assets => System.IO.Path.Combine(Path, "assets");

    public string Settings => System.IO.Path.Combine(Path, "kinora.json");

    /// <summary>The key that stored secrets are encrypted with, unless the settings have one.</summary>
    public string SecretKey => System.IO.Path.Combine(Path, "secret.key");

    /// <summary>The key that tokens and media links are signed with, unless the settings have one.</summary>
    public string TokenKey => System.IO.Path.Combine(Path, "tokens.key");

    public string Logs => System.IO.Path.Combine(Path, "logs");

    /// <summary>Held by the one background worker of this folder.</summary>
    public string WorkerLock => System.IO.Path.Combine(Path, "worker.lock");
}
