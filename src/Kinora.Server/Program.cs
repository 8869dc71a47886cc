Console.WriteLine("kinora");
